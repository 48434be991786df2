const STORE = "files";
/** A message is written down a moment after the bytes of its files. */
const YOUNG_MS = 600_000;

type Kept = { key: string; owner: string; at: number; file: File };

let opening: Promise<IDBDatabase> | null = null;

const answerOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("guazu-files", 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("owner", "owner");
  return answerOf(request);
}

async function change(work: (store: IDBObjectStore) => unknown): Promise<void> {
  opening ??= open();
  const tx = (await opening).transaction(STORE, "readwrite", { durability: "strict" });
  await new Promise<void>((done, fail) => {
    tx.oncomplete = () => done();
    tx.onabort = () => fail(tx.error);
    void work(tx.objectStore(STORE));
  });
}

/** Puts the bytes of files on this browser's disk, all or none. Rejects where it gives no room. */
export const keepBytes = (owner: string, files: ReadonlyMap<string, File>): Promise<void> =>
  change((store) => {
    for (const [key, file] of files) store.put({ key, owner, at: Date.now(), file } satisfies Kept);
  });

/** A file by its key; null where its bytes are not here. */
export async function keptBytes(key: string): Promise<File | null> {
  try {
    opening ??= open();
    const store = (await opening).transaction(STORE).objectStore(STORE);
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
