import { expect, it } from "vitest";
import { isGivenUp, isLongFailing, nextAttempt } from "./when-again";

const now = new Date("2026-03-01T12:00:00Z");
const after = (attempt: number) => (nextAttempt(attempt, now).getTime() - now.getTime()) / 1_000;
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

it("waits longer after each attempt, and then as long each time", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(after)).toEqual([10, 60, 300, 900, 3_600, 7_200, 7_200, 7_200]);
});

it("gives an event up after a day, and an address after three", () => {
  expect([isGivenUp(ago(23.9), now), isGivenUp(ago(24), now)]).toEqual([false, true]);
  expect([isLongFailing(ago(71), now), isLongFailing(ago(72), now)]).toEqual([false, true]);
});
