import { answerOf, browserDatabase, endOf } from "./browser-database";
import { foreignTo, type KeptEntry, keyOf, LIMITS, mayKeep, surplus } from "./kept-rules";

export type Kept<Data> = { data: Data; at: number };
type Named = Pick<KeptEntry, "owner" | "kind" | "name">;
type Stores = { here: IDBObjectStore; entries: IDBObjectStore; data: IDBObjectStore };

const HERE = "account";

/** Says to a browser's other tabs and to its pages who is here now. */
export const HERE_CHANNEL = "who is here";

const open = browserDatabase("guazu-kept", (db) => {
  for (const name of ["here", "entries", "data"]) db.createObjectStore(name);
});

/** One transaction; a browser that gives no database (private, full) keeps nothing, and all goes on without. */
async function within<T>(mode: IDBTransactionMode, otherwise: T, work: (stores: Stores) => Promise<T>): Promise<T> {
  try {
    const tx = (await open()).transaction(["here", "entries", "data"], mode);
    const over = endOf(tx);
    over.catch(() => {});
    const [here, entries, data] = ["here", "entries", "data"].map((name) => tx.objectStore(name));
    if (!here || !entries || !data) return otherwise;
    const [result] = await Promise.all([work({ here, entries, data }), mode === "readwrite" ? over : undefined]);
    return result;
  } catch {
    return otherwise;
  }
}

const whoIsIn = async ({ here }: Stores) => ((await answerOf(here.get(HERE))) as string | undefined) ?? null;
const allIn = ({ entries }: Stores) => answerOf(entries.getAll()) as Promise<KeptEntry[]>;

function drop({ entries, data }: Stores, gone: readonly KeptEntry[]): void {
  for (const { key } of gone) {
    entries.delete(key);
    data.delete(key);
  }
}

/** The account that uses this browser now; null for nobody. `undefined` where nothing can be kept, and nobody knows. */
export const whoIsHere = (): Promise<string | null | undefined> => within("readonly", undefined, whoIsIn);

/** Says who is signed in, or with null that nobody is: whatever is kept of other accounts is deleted. */
export async function settle(account: string | null): Promise<void> {
  const changed = await within("readwrite", false, async (stores) => {
    const before = await whoIsIn(stores);
    if (account === null) stores.here.delete(HERE);
    else stores.here.put(account, HERE);
    drop(stores, foreignTo(account, await allIn(stores)));
    return before !== account;
  });
  if (!changed || typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(HERE_CHANNEL);
  channel.postMessage(account);
  channel.close();
}

/**
 * Keeps something of `owner`, unless somebody else is here by now or it is too big; the oldest of its kind give way.
 * @param size about how many bytes it takes
 */
export function keep(entry: Omit<KeptEntry, "key">, data: unknown): Promise<void> {
  const key = keyOf(entry);
  if (entry.size > LIMITS[entry.kind].each) return Promise.resolve();
  return within("readwrite", undefined, async (stores) => {
    if (!mayKeep(entry.owner, await whoIsIn(stores))) return;
    stores.entries.put({ ...entry, key }, key);
    stores.data.put(data, key);
    drop(stores, surplus(entry.kind, await allIn(stores)));
  });
}

/** What was kept under a name; null for nothing, and for what belongs to an account that is not here. */
export const recall = <Data>(named: Named): Promise<Kept<Data> | null> =>
  within("readonly", null, async (stores) => {
    if (!mayKeep(named.owner, await whoIsIn(stores))) return null;
    const key = keyOf(named);
    const entry = (await answerOf(stores.entries.get(key))) as KeptEntry | undefined;
    const data = (await answerOf(stores.data.get(key))) as Data | undefined;
    return entry && data !== undefined ? { data, at: entry.at } : null;
  });

/** Everything that whoever is here may read now, the newest first. */
export const listKept = (): Promise<KeptEntry[]> =>
  within("readonly", [], async (stores) => {
    const here = await whoIsIn(stores);
    const ours = (await allIn(stores)).filter(({ owner }) => mayKeep(owner, here));
    return ours.sort((a, b) => b.at - a.at);
  });
