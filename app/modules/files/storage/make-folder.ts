import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "./code-of";

/** Makes a folder and those above it. Node's own `recursive` calls a disk without room a folder that is not there. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}
