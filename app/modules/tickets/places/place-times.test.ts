import { describe, expect, it } from "vitest";
import { placeTimes } from "./place-times";

const now = new Date("2026-03-02T15:00:00Z");
const earlier = new Date("2026-03-02T14:00:00Z");
const place = { queuedAt: null, assignedAt: null, queueFront: false };

describe("since when a ticket stands where it stands", () => {
  it("enters the queue as old as its customer's wait", () => {
    expect(placeTimes(null, { state: "open", assigneeId: null, waitingSince: earlier }, now)).toEqual({
      queuedAt: earlier,
    });
    expect(placeTimes(null, { state: "bot", assigneeId: null }, now)).toEqual({});
  });

  it("counts from the customer's words on where it lay in the queue for them to write", () => {
    const lay = { ...place, state: "open", assigneeId: null, waitingOn: "customer", queuedAt: earlier } as const;
    const wrote = { ...lay, waitingOn: "agent", waitingSince: now } as const;
    expect(placeTimes(lay, wrote, now)).toEqual({ queuedAt: now });
    expect(placeTimes({ ...wrote, queuedAt: earlier }, wrote, now)).toEqual({});
  });

  it("leaves the queue and its front when somebody takes it", () => {
    const queued = { ...place, state: "open", assigneeId: null, queuedAt: earlier, queueFront: true } as const;
    expect(placeTimes(queued, { ...queued, assigneeId: "ana" }, now)).toEqual({
      queuedAt: null,
      queueFront: false,
      assignedAt: now,
    });
  });

  it("counts anew for another assignee and not for the same", () => {
    const held = { ...place, state: "open", assigneeId: "ana", assignedAt: earlier } as const;
    expect(placeTimes(held, { ...held, assigneeId: "bea" }, now)).toEqual({ assignedAt: now });
    expect(placeTimes(held, held, now)).toEqual({});
    expect(placeTimes(held, { state: "closed", assigneeId: null }, now)).toEqual({ assignedAt: null });
  });
});
