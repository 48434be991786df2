// Puts beside each file of the client build what goes over the line in its place, as well compressed as it can be: once
// here rather than at every start, where the first visitors would wait for it. Run last of the build.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { root } from "./prepare.mjs";

const WORTHWHILE = 0.95;
const WAYS = { br: promisify(brotliCompress), gz: (bytes) => promisify(gzip)(bytes, { level: 9 }) };

const client = join(root, "build", "client");
const files = readdirSync(client, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
await Promise.all(
  files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    return Object.entries(WAYS).map(async ([end, compress]) => {
      const compressed = await compress(bytes);
      if (compressed.length < bytes.length * WORTHWHILE) writeFileSync(`${file}.${end}`, compressed);
    });
  }),
);
