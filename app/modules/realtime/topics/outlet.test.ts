import type { TemplatedApp } from "uWebSockets.js";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOutlet } from "./outlet.server";

let time = 0;
const published: string[] = [];
const app = {
  publish: (topic: string, frame: string) => published.push(`${topic} ${frame}`),
} as unknown as TemplatedApp;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  time = 100;
  published.length = 0;
});
afterEach(() => void vi.useRealTimers());

test("while it is quiet, all frames of a turn leave with it; right after, they wait for one another, in order", async () => {
  const outlet = createOutlet(() => time);
  outlet.attach(app);
  outlet.push("t", "1");
  outlet.push("t", "2");
  expect(published).toEqual(["t 1", "t 2"]);
  await turn();
  time += 1;
  outlet.push("t", "3");
  await turn();
  time += 5;
  outlet.push("u", "4");
  expect(published).toHaveLength(2);
  vi.advanceTimersByTime(2);
  expect(published.slice(2)).toEqual(["t 3", "u 4"]);
  time += 5;
  outlet.push("t", "5");
  expect(published.at(-1)).toBe("t 5");
});

test("what waits leaves at a flush, once; without a server nothing is kept", () => {
  const outlet = createOutlet(() => time);
  outlet.push("t", "0");
  outlet.attach(app);
  outlet.push("t", "1");
  outlet.flush();
  time += 1;
  outlet.push("t", "2");
  outlet.push("t", "3");
  outlet.flush();
  vi.advanceTimersByTime(10);
  expect(published).toEqual(["t 1", "t 2", "t 3"]);
});
