import { afterEach, expect, it, vi } from "vitest";
import { isUuid, newId } from "./ids";

afterEach(() => vi.useRealTimers());

it("makes ids that are version 7, all different, and sort in the order in which they were made", () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(isUuid(ids[0])).toBe(true);
});

it("tells the time of its making, and goes on in order when the clock is set back", () => {
  const millisecondsOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
  vi.useFakeTimers({ now: Date.parse("2030-01-01T00:00:00Z") });
  const first = newId();
  expect(millisecondsOf(first)).toBe(Date.now());
  vi.setSystemTime(Date.parse("2029-01-01T00:00:00Z"));
  const second = newId();
  expect(second > first).toBe(true);
  expect(millisecondsOf(second)).toBe(Date.parse("2030-01-01T00:00:00Z"));
});
