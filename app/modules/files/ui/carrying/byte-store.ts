import { answerOf, browserDatabase, endOf } from "~/platform/kept/browser-database";

const STORE = "files";
/** A message is written down a moment after the bytes of its files. */
const YOUNG_MS = 600_000;

type Kept = { key: string; owner: string; at: number; file: File };

const open = browserDatabase("guazu-files", (db) => {
  db.createObjectStore(STORE, { keyPath: "key" }).createIndex("owner", "owner");
});

async function change(work: (store: IDBObjectStore) => unknown): Promise<void> {
  const tx = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
  void work(tx.objectStore(STORE));
  await endOf(tx);
}

/** Puts the bytes of files on this browser's disk, all or none. Rejects where it gives no room. */
export const keepBytes = (owner: string, files: ReadonlyMap<string, File>): Promise<void> =>
  change((store) => {
    for (const [key, file] of files) store.put({ key, owner, at: Date.now(), file } satisfies Kept);
  });

/** A file by its key; null where its bytes are not here. */
export async function keptBytes(key: string): Promise<File | null> {
  try {
    const store = (await open()).transaction(STORE).objectStore(STORE);
    return ((await answerOf(store.get(key))) as Kept | undefined)?.file ?? null;
  } catch {
    return null;
  }
}

export const dropBytes = (keys: readonly string[]): Promise<void> =>
  change((store) => {
    for (const key of keys) store.delete(key);
  });

/** Lets go of what no message of this owner has any more; with none named, of all that is theirs. */
export const sweepBytes = (owner: string, wanted: ReadonlySet<string> | null): Promise<void> =>
  change(async (store) => {
    const all = (await answerOf(store.index("owner").getAll(owner))) as Kept[];
    for (const { key, at } of all) {
      if (!wanted || (!wanted.has(key) && Date.now() - at > YOUNG_MS)) store.delete(key);
    }
  });
