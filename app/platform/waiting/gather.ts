type Waiting<Item, Out> = { item: Item; resolve: (out: Out) => void; reject: (error: unknown) => void };

export type GatherOptions<Item, Out> = {
  /** Does a batch of one lane at once; answers in the order of the items. A throw is every item's error. */
  run: (key: string, items: readonly Item[]) => Promise<readonly Out[]>;
  /** The most items of one run. */
  maxBatch: number;
  /** The most runs at the same time, over all lanes. */
  maxRunning: number;
};

/**
 * Lanes in which work that arrives while a run is under way waits, and then leaves together. There is no timer: an item
 * that finds its lane quiet leaves at once and alone. Within a lane, items are done in the order in which they came.
 */
export function createGather<Item, Out>({ run, maxBatch, maxRunning }: GatherOptions<Item, Out>) {
  const lanes = new Map<string, Waiting<Item, Out>[]>();
  const busy = new Set<string>();
  const due = new Set<string>();

  const leave = async (key: string, batch: Waiting<Item, Out>[]) => {
    try {
      const outs = await run(
        key,
        batch.map(({ item }) => item),
      );
      if (outs.length !== batch.length) throw new Error(`a run of ${batch.length} gave ${outs.length} answers`);
      for (const [place, { resolve }] of batch.entries()) resolve(outs[place] as Out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    busy.delete(key);
    if (lanes.has(key)) due.add(key);
    startDue();
  };

  const startDue = () => {
    for (const key of due) {
      if (busy.size >= maxRunning) return;
      due.delete(key);
      const waiting = lanes.get(key);
      if (!waiting) continue;
      const batch = waiting.splice(0, maxBatch);
      if (waiting.length === 0) lanes.delete(key);
      busy.add(key);
      void leave(key, batch);
    }
  };

  /** Resolves with what the run answered for this item. */
  return (key: string, item: Item): Promise<Out> =>
    new Promise((resolve, reject) => {
      const waiting = lanes.get(key) ?? [];
      waiting.push({ item, resolve, reject });
      lanes.set(key, waiting);
      if (busy.has(key)) return;
      due.add(key);
      startDue();
    });
}
