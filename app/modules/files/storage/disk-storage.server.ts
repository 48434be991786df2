import { constants, createReadStream } from "node:fs";
import { copyFile, link, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { codeOf } from "./code-of";
import type { FileStorage } from "./file-storage";
import { makeFolder } from "./make-folder";
import { sayingFull } from "./saying-full";

/** How a file ends that has not got its key yet. */
const UNFINISHED = ".new";

/** What was written, or a folder's entry of it, is on the disk once this settles. */
async function sync(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

/** Another name for the same bytes; a copy where the disk has no such thing or the file lies on another. */
async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (codeOf(error) === "ENOENT") throw error;
    await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
}

/** Files under a folder. A file appears under its key whole or not at all: it gets that name after its last byte is safe. */
export function diskStorage(folder: string): FileStorage {
  const pathOf = (key: string) => join(folder, key);
  return {
    put: (key, source) => sayingFull(place(source, pathOf(key))),
    async read(key, range) {
      const path = pathOf(key);
      if (!(await stat(path).catch(() => null))) throw notFound("file");
      return createReadStream(path, range);
    },
    lend: (key, work) => work(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
    async tidy(before) {
      for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
        const path = join(folder, name);
        const begun = name.endsWith(UNFINISHED) ? await stat(path).catch(() => null) : null;
        if (begun && begun.ctime < before) await rm(path, { force: true });
      }
    },
  };
}

async function place(source: string | Buffer, target: string): Promise<void> {
  const temporary = `${target}.${newId()}${UNFINISHED}`;
  await makeFolder(dirname(target));
  try {
    if (typeof source === "string") await linkOrCopy(source, temporary);
    else await writeNew(temporary, source);
    await sync(temporary);
    await rename(temporary, target);
    // Renaming a link onto another of the same file does nothing, and leaves both.
    await rm(temporary, { force: true });
    await sync(dirname(target));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeNew(path: string, content: Buffer): Promise<void> {
  const handle = await open(path, "wx");
  await handle.writeFile(content).finally(() => handle.close());
}
