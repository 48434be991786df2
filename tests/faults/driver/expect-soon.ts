import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 50;

/** Resolves with how many milliseconds it took. @throws when it is not so within `limitMs` */
export async function expectSoon(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 120_000,
  everyMs = EVERY_MS,
): Promise<number> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > limitMs) throw new Error(`not within ${limitMs / 1000} s: ${what}`);
    await sleep(everyMs);
  }
  return performance.now() - from;
}
