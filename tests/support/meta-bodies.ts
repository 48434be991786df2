import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Bodies that Meta really sent or prints in its documentation; they lie beside the repository, never in it. */
const FOLDER = fileURLToPath(new URL("../../../shared/meta/payloads", import.meta.url));

export type MetaBody = {
  file: string;
  channel: "whatsapp" | "messenger" | "instagram";
  kind: string;
  /** What a right system does with it, in words. */
  expected: string;
  raw: Buffer;
  body: unknown;
};

/** All real bodies of the index, or null where they are not at hand: then skip, naming the test "[real bodies]". */
export function metaBodies(): MetaBody[] | null {
  const index = join(FOLDER, "index.tsv");
  if (!existsSync(index)) return null;
  const [, ...lines] = readFileSync(index, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [file = "", channel = "", kind = "", , expected = ""] = line.split("\t");
    const raw = readFileSync(join(FOLDER, file));
    return {
      file,
      channel: channel as MetaBody["channel"],
      kind,
      expected,
      raw,
      body: JSON.parse(raw.toString("utf8")),
    };
  });
}
