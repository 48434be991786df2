/** Most file systems take 255 bytes; the rest is room for what a browser adds to a name that is taken. */
const MAX_BYTES = 200;
const MAX_EXTENSION = 16;
/** Controls, marks that turn the direction of writing, and what has no width: a name must look like what it is. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const OF_FILE_SYSTEMS = /[<>:"|?*]/g;
const WINDOWS_DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const bytesOf = (text: string) => Buffer.byteLength(text);

function cut(text: string, bytes: number): string {
  let kept = "";
  let size = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text.slice(0, bytes))) {
    size += bytesOf(segment);
    if (size > bytes) break;
    kept += segment;
  }
  return kept;
}

/**
 * A file's name as the sender gave it, without what could lead out of a folder, deceive a reader or be refused by a file
 * system. It names nothing on our disks; people see it, and their browsers save under it.
 */
export function harmlessName(given: string): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const clean = last.normalize("NFC").replace(UNSEEN, "").replace(OF_FILE_SYSTEMS, "_");
  const trimmed = clean.replace(/^[\s.]+|[\s.]+$/g, "");
  const name = WINDOWS_DEVICES.test(trimmed) ? `_${trimmed}` : trimmed;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION ? name.slice(dot) : "";
  const stem = extension ? name.slice(0, dot) : name;
  return `${cut(stem, MAX_BYTES - bytesOf(extension))}${extension}` || "file";
}
