import { expect, it } from "vitest";
import { walkBack, ZERO } from "./walk-back";

const NOW = new Date("2026-11-26T12:00:00Z");
const EXPONENTS = [9, 14, 19, 24];

/** What is found where one message came every so many seconds. */
function history(everySeconds: number, messages: number) {
  const all = Array.from({ length: messages }, (_, n) => NOW.getTime() - 1 - n * everySeconds * 1_000);
  const windows: number[] = [];
  const look = async ({ span, below, cut, limit }: Parameters<Parameters<typeof walkBack>[1]>[0]) => {
    windows.push(span === null ? 4 : span & 3);
    const width = span === null ? Infinity : 2 ** (EXPONENTS[span & 3] ?? 0) * 1_000;
    const start = span === null ? 0 : Math.floor(span / 4) * width;
    const hits = all.filter((at) => at >= start && at < start + width && at < below.at.getTime());
    return { raw: Math.min(hits.length, cut), found: hits.slice(0, limit) };
  };
  return { all, windows, look };
}

it.each([
  [1, 100_000],
  [60, 1_000],
  [86_400, 300],
  [1, 0],
])("finds the newest where one came every %i s, %i in all, in few steps", async (every, count) => {
  const { all, windows, look } = history(every, count);
  const { found, behind } = await walkBack({ start: { at: NOW, id: ZERO }, limit: 51 }, look, () => 0);
  expect(found).toEqual(all.slice(0, 51));
  expect(behind).toBeNull();
  expect(windows.length).toBeLessThan(count === 0 ? 6 : 40);
});

it("parts a stretch that holds too much, and says how far it looked when the time is over", async () => {
  const { all, look } = history(1, 60_000);
  const few = async (window: Parameters<typeof look>[0]) => {
    const { raw } = await look(window);
    return { raw, found: [] as number[] };
  };
  const { found, behind } = await walkBack({ start: { at: NOW, id: ZERO }, limit: 51 }, few, () => 0);
  expect(found).toEqual([]);
  expect(behind?.at.getTime()).toBeGreaterThan(all.at(-1) ?? 0);
  let ms = 0;
  const tired = await walkBack({ start: { at: NOW, id: ZERO }, limit: 51 }, few, () => (ms += 1_000));
  expect(tired.behind).not.toBeNull();
});

it("takes no stretch that would be too slow by what a narrower one took, and ends in time", async () => {
  let ms = 0;
  const levels: number[] = [];
  /** As for two words that never stand together: it costs by the stretch's width, and nothing is found. */
  const slow = async ({ span }: { span: number | null }) => {
    const level = span === null ? 4 : span & 3;
    levels.push(level);
    ms += 100 * 2 ** ((EXPONENTS[level] ?? 29) - 19);
    return { raw: 0, found: [] };
  };
  const { behind } = await walkBack({ start: { at: NOW, id: ZERO }, limit: 51 }, slow, () => ms);
  expect(Math.max(...levels)).toBe(2);
  expect(ms).toBeLessThan(1_700);
  expect(behind?.at.getTime()).toBeLessThan(NOW.getTime() - 80 * 86_400_000);
});
