import { expect, it } from "vitest";
import { entersQueue } from "./enters-queue";

const queued = { state: "open", areaId: "ventas", assigneeId: null, waitingOn: "agent", snoozedUntil: null } as const;
const enters = (...given: Parameters<typeof entersQueue>) => entersQueue(...given);

it("a ticket enters a queue new, from the bot, given back, from another area, woken, or when its customer waits again", () => {
  expect(enters(null, queued, { kind: "opened" })).toBe(true);
  expect(enters({ ...queued, state: "bot" }, queued, { kind: "handed_over" })).toBe(true);
  expect(enters({ ...queued, assigneeId: "ana" }, queued, { kind: "returned" })).toBe(true);
  expect(enters({ ...queued, areaId: "soporte" }, queued, { kind: "transferred" })).toBe(true);
  expect(enters({ ...queued, snoozedUntil: new Date(0) }, queued, { kind: "woken" })).toBe(true);
  expect(enters({ ...queued, waitingOn: "customer" }, queued, undefined)).toBe(true);
});

it("and not when it stood there, sleeps, has somebody, or its customer was just answered by nobody who is here", () => {
  expect(enters(queued, queued, { kind: "changed" })).toBe(false);
  expect(enters(null, { ...queued, snoozedUntil: new Date(0) }, { kind: "opened" })).toBe(false);
  expect(enters(null, { ...queued, assigneeId: "ana" }, { kind: "opened" })).toBe(false);
  const answered = { ...queued, waitingOn: "customer" } as const;
  expect(enters({ ...queued, state: "bot" }, answered, { kind: "handed_over" })).toBe(false);
  expect(enters({ ...answered, areaId: "soporte" }, answered, { kind: "transferred" })).toBe(true);
});
