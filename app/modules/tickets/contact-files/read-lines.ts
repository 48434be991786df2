import { type CsvFault, type CsvRecord, createCsvParser, guessSeparator } from "~/modules/contacts";
import { AppError, tooLarge } from "~/platform/errors";

export const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

export type FileEnd = { fault: CsvFault | { line: number; code: "file_broken_off" } | null };

/** The first bytes tell how letters are written and what parts the cells. */
const HEAD_BYTES = 4_096;

/**
 * The records of a CSV file as it comes in: UTF-8, with or without a mark, or Latin-1 where the bytes cannot be UTF-8; cells
 * parted by `,` or `;`.
 * @returns after the last record, why the file could not be read on
 * @throws AppError `too_large` (413), `file_not_text` (422)
 */
export async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord, FileEnd> {
  let head = Buffer.alloc(0);
  let parser: ReturnType<typeof createCsvParser> | undefined;
  const decoder = createDecoder();
  let size = 0;
  const begin = () => {
    const text = decoder.push(head);
    if (text.includes("\u0000")) throw new AppError("file_not_text", 422);
    parser = createCsvParser(guessSeparator(text));
    return parser.push(text);
  };
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > LARGEST_FILE_BYTES) throw tooLarge(LARGEST_FILE_BYTES);
    if (parser) yield* parser.push(decoder.push(Buffer.from(chunk)));
    else {
      head = Buffer.concat([head, chunk]);
      if (head.byteLength >= HEAD_BYTES) yield* begin();
    }
    if (parser?.fault) return { fault: parser.fault };
  }
  if (!parser) yield* begin();
  const last = decoder.end();
  if (parser && last) yield* parser.push(last);
  const end = parser?.end();
  yield* end?.records ?? [];
  return { fault: end?.fault ?? null };
}

/** UTF-8 for as long as it is; from the first byte that is not, Latin-1, as old tables are written. */
function createDecoder() {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const latin1 = new TextDecoder("windows-1252");
  let old = false;
  let held = Buffer.alloc(0);
  return {
    push(bytes: Buffer): string {
      if (old) return latin1.decode(bytes);
      const all = Buffer.concat([held, bytes]);
      const whole = all.subarray(0, endOfLetters(all));
      try {
        const text = utf8.decode(whole);
        held = all.subarray(whole.length);
        return text;
      } catch {
        old = true;
        return latin1.decode(all);
      }
    },
    end: (): string => (held.length > 0 ? latin1.decode(held) : ""),
  };
}

/** Where the last letter ends that is there whole. */
function endOfLetters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
