import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGather } from "./gather";

/** A run that ends when it is told to. */
function heldRuns() {
  const runs: { key: string; items: readonly number[]; end: (error?: Error) => void }[] = [];
  const run = (key: string, items: readonly number[]) =>
    new Promise<readonly number[]>((resolve, reject) => {
      runs.push({ key, items, end: (error) => (error ? reject(error) : resolve(items.map((item) => item * 10))) });
    });
  return { runs, run };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("gathering", () => {
  it("lets a lone item leave at once, and what comes meanwhile leave together", async () => {
    const { runs, run } = heldRuns();
    const gather = createGather({ run, maxBatch: 10, maxRunning: 4 });
    const outs = [gather("a", 1), gather("a", 2), gather("a", 3)];
    expect(runs.map(({ items }) => items)).toEqual([[1]]);
    runs[0]?.end();
    await turn();
    expect(runs.map(({ items }) => items)).toEqual([[1], [2, 3]]);
    runs[1]?.end();
    expect(await Promise.all(outs)).toEqual([10, 20, 30]);
  });

  it("lets lanes run beside one another, up to the limit, and none wait for ever", async () => {
    const { runs, run } = heldRuns();
    const gather = createGather({ run, maxBatch: 10, maxRunning: 2 });
    const outs = ["a", "b", "c", "a"].map((key, place) => gather(key, place));
    expect(runs.map(({ key }) => key)).toEqual(["a", "b"]);
    runs[0]?.end();
    await turn();
    expect(runs.map(({ key }) => key)).toEqual(["a", "b", "c"]);
    runs[1]?.end();
    await turn();
    expect(runs.map(({ key }) => key)).toEqual(["a", "b", "c", "a"]);
    for (const { end } of runs) end();
    expect(await Promise.all(outs)).toEqual([0, 10, 20, 30]);
  });

  it("makes a run's error the error of its items alone", async () => {
    const { runs, run } = heldRuns();
    const gather = createGather({ run, maxBatch: 10, maxRunning: 1 });
    const first = gather("a", 1);
    const second = gather("a", 2);
    runs[0]?.end(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await turn();
    runs[1]?.end();
    expect(await second).toBe(20);
  });

  it("refuses a run that answers for fewer than it was given", async () => {
    const gather = createGather<number, number>({ run: async () => [], maxBatch: 1, maxRunning: 1 });
    await expect(gather("a", 1)).rejects.toThrow("a run of 1 gave 0 answers");
  });

  it("answers every item once, in its lane's order, whatever comes when", async () => {
    const item = fc.record({ lane: fc.constantFrom("a", "b", "c"), pause: fc.nat(3), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), async (items, limit) => {
        const order: Record<string, number[]> = {};
        let running = 0;
        const gather = createGather<number, number>({
          maxBatch: limit,
          maxRunning: limit,
          run: async (key, batch) => {
            expect(batch.length).toBeLessThanOrEqual(limit);
            expect(++running).toBeLessThanOrEqual(limit);
            for (let left = items[batch[0] ?? 0]?.pause ?? 0; left > 0; left--) await turn();
            running--;
            order[key] = [...(order[key] ?? []), ...batch];
            if (items[batch[0] ?? 0]?.fails) throw new Error("fails");
            return batch;
          },
        });
        const outs = await Promise.allSettled(items.map(({ lane }, place) => gather(lane, place)));
        for (const [place, out] of outs.entries()) if (out.status === "fulfilled") expect(out.value).toBe(place);
        for (const lane of ["a", "b", "c"]) {
          expect(order[lane] ?? []).toEqual(items.flatMap((one, place) => (one.lane === lane ? [place] : [])));
        }
      }),
    );
  });
});
