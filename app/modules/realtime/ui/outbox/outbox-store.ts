import { type DBSchema, type IDBPDatabase, openDB } from "idb";
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

interface Schema extends DBSchema {
  outbox: {
    key: number;
    value: QueuedMessage;
    indexes: { client_id: string; owner: string };
  };
}

/** A browser that gives no database (private, full) keeps what waits with the page. */
export function createOutboxStore(): OutboxStore {
  if (typeof indexedDB === "undefined") return inMemory();
  const fallback = inMemory();
  const opening = open().catch(() => null);
  const either = async <T>(on: (store: OutboxStore) => Promise<T>): Promise<T> => {
    const db = await opening;
    return on(db ? inDatabase(db) : fallback);
  };
  return {
    add: (message) => either((store) => store.add(message)),
    change: (clientId, change) => either((store) => store.change(clientId, change)),
    remove: (clientId) => either((store) => store.remove(clientId)),
    list: (owner) => either((store) => store.list(owner)),
    clear: (owner) => either((store) => store.clear(owner)),
  };
}

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>("guazu", 1, {
    upgrade(db) {
      const store = db.createObjectStore("outbox", { autoIncrement: true });
      store.createIndex("client_id", "client_id", { unique: true });
      store.createIndex("owner", "owner");
    },
  });

function inDatabase(db: IDBPDatabase<Schema>): OutboxStore {
  return {
    async add(message) {
      // On disk, and not only on its way there: a power cut takes nothing that a person saw leave.
      const tx = db.transaction("outbox", "readwrite", { durability: "strict" });
      await Promise.all([tx.store.add(message), tx.done]);
    },
    async change(clientId, change) {
      const tx = db.transaction("outbox", "readwrite");
      const key = await tx.store.index("client_id").getKey(clientId);
      const old = key === undefined ? undefined : await tx.store.get(key);
      if (old && key !== undefined) await tx.store.put({ ...old, ...change }, key);
      await tx.done;
    },
    async remove(clientId) {
      const tx = db.transaction("outbox", "readwrite");
      const key = await tx.store.index("client_id").getKey(clientId);
      if (key !== undefined) await tx.store.delete(key);
      await tx.done;
    },
    list: (owner) => db.getAllFromIndex("outbox", "owner", owner),
    async clear(owner) {
      const tx = db.transaction("outbox", "readwrite");
      const keys = await tx.store.index("owner").getAllKeys(owner);
      await Promise.all([...keys.map((key) => tx.store.delete(key)), tx.done]);
    },
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
