import { answerOf, browserDatabase, endOf } from "~/platform/kept/browser-database";
import type { QueuedMessage } from "./queued-message";

/** Where what waits is kept, in the order in which it was written over all of a browser's tabs. */
export type OutboxStore = {
  add(message: QueuedMessage): Promise<void>;
  /** Nothing when it is there no more. */
  change(clientId: string, change: Partial<QueuedMessage>): Promise<void>;
  remove(clientId: string): Promise<void>;
  list(owner: string): Promise<QueuedMessage[]>;
  clear(owner: string): Promise<void>;
};

/** A browser that gives no database (private, full) keeps what waits with the page. */
export function createOutboxStore(): OutboxStore {
  if (typeof indexedDB === "undefined") return inMemory();
  // For the rest of the page, so that nothing is written in one and looked for in the other.
  let fallback: OutboxStore | undefined;
  const either = async <T>(on: (store: OutboxStore) => Promise<T>): Promise<T> => {
    const db = fallback ? null : await open().catch(() => null);
    if (db) return on(inDatabase(db));
    fallback ??= inMemory();
    return on(fallback);
  };
  return {
    add: (message) => either((store) => store.add(message)),
    change: (clientId, change) => either((store) => store.change(clientId, change)),
    remove: (clientId) => either((store) => store.remove(clientId)),
    list: (owner) => either((store) => store.list(owner)),
    clear: (owner) => either((store) => store.clear(owner)),
  };
}

const open = browserDatabase("guazu", (db) => {
  const store = db.createObjectStore("outbox", { autoIncrement: true });
  store.createIndex("client_id", "client_id", { unique: true });
  store.createIndex("owner", "owner");
});

/** The few calls that this takes, without a library: the public chat loads this, and must stay light. */
function inDatabase(db: IDBDatabase): OutboxStore {
  /** Resolves once it is on disk, and not only on its way there: a power cut takes nothing that a person saw leave. */
  const write = (work: (store: IDBObjectStore) => unknown) => {
    const tx = db.transaction("outbox", "readwrite", { durability: "strict" });
    void work(tx.objectStore("outbox"));
    return endOf(tx);
  };
  const keyOf = (store: IDBObjectStore, clientId: string) => answerOf(store.index("client_id").getKey(clientId));
  return {
    add: (message) => write((store) => store.add(message)),
    change: (clientId, change) =>
      write(async (store) => {
        const key = await keyOf(store, clientId);
        if (key !== undefined) store.put({ ...(await answerOf(store.get(key))), ...change }, key);
      }),
    remove: (clientId) =>
      write(async (store) => {
        const key = await keyOf(store, clientId);
        if (key !== undefined) store.delete(key);
      }),
    list: (owner) => answerOf(db.transaction("outbox").objectStore("outbox").index("owner").getAll(owner)),
    clear: (owner) =>
      write(async (store) => {
        for (const key of await answerOf(store.index("owner").getAllKeys(owner))) store.delete(key);
      }),
  };
}

function inMemory(): OutboxStore {
  let all: QueuedMessage[] = [];
  return {
    async add(message) {
      all = [...all, message];
    },
    async change(clientId, change) {
      all = all.map((one) => (one.client_id === clientId ? { ...one, ...change } : one));
    },
    async remove(clientId) {
      all = all.filter((one) => one.client_id !== clientId);
    },
    list: async (owner) => all.filter((one) => one.owner === owner),
    async clear(owner) {
      all = all.filter((one) => one.owner !== owner);
    },
  };
}
