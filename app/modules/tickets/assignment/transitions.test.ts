import { describe, expect, it } from "vitest";
import { decideInbound, type MoveBy, TRANSITIONS, transitionOf } from "../lifecycle";
import type { TicketEventKind } from "../ticket-view";

const STATES = ["none", "bot", "open", "closed"] as const;
const BY: readonly MoveBy[] = ["customer", "member", "bot", "system"];
const DEEDS: readonly TicketEventKind[] = [
  ...(["opened", "reopened", "handed_over", "claimed", "assigned", "returned", "transferred", "changed"] as const),
  ...(["sent_to_bot", "woken", "rated", "closed"] as const),
];

/** The moves between states as domain.md has them, and who makes each. */
const MOVES: Record<string, string> = {
  "none bot": "customer",
  "none open": "customer member",
  "bot open": "member bot system",
  "bot closed": "member bot",
  "open bot": "member",
  "open closed": "member system",
  "closed open": "customer member",
  "closed bot": "customer",
};

describe("the table of moves", () => {
  it("has for each pair of states those who may make the move, and no others", () => {
    for (const from of STATES) {
      for (const to of STATES) {
        if (from === to || to === "none") continue;
        const able = BY.filter((by) => DEEDS.some((deed) => transitionOf(from, to, deed, by)));
        expect([from, to, able.join(" ")]).toEqual([from, to, MOVES[`${from} ${to}`] ?? ""]);
      }
    }
  });

  it("has one row for each move, and one deed for each that changes the state", () => {
    const rows = TRANSITIONS.flatMap(({ from, to, deed, by }) => by.map((who) => `${from} ${to} ${deed} ${who}`));
    expect(new Set(rows).size).toBe(rows.length);
    for (const pair of Object.keys(MOVES)) {
      const deeds = TRANSITIONS.filter(({ from, to }) => `${from} ${to}` === pair).map(({ deed }) => deed);
      expect(new Set(deeds).size).toBe(1);
    }
  });

  it("lets the clock close only what waits for its customer and does not sleep (R7)", () => {
    const guard = transitionOf("open", "closed", "closed", "system")?.guard;
    const now = new Date("2026-03-02T12:00:00Z");
    const later = new Date("2026-03-02T12:00:01Z");
    expect(guard?.({ waitingOn: "customer", snoozedUntil: null }, now)).toBe(true);
    expect(guard?.({ waitingOn: "customer", snoozedUntil: now }, now)).toBe(true);
    expect(guard?.({ waitingOn: "customer", snoozedUntil: later }, now)).toBe(false);
    expect(guard?.({ waitingOn: "agent", snoozedUntil: null }, now)).toBe(false);
    expect(transitionOf("open", "closed", "closed", "member")?.guard).toBeUndefined();
  });
});

describe("a message after a closing", () => {
  const HOUR = 3600_000;
  const now = new Date("2026-03-02T12:00:00Z");
  const closed = (hours: number, askedHours: number | null) => ({
    now,
    sentAt: now,
    text: "5",
    blocked: false,
    live: null,
    last: { closedForMs: hours * HOUR, humanReplied: true, askedForMs: askedHours === null ? null : askedHours * HOUR },
    rating: 5,
    reopenHours: 24,
    closingList: ["gracias"],
  });

  it("answers a rating within 24 h of its asking, and neither opens nor reopens (R2)", () => {
    expect(decideInbound(closed(23, 23))).toEqual({ act: "rate", rating: 5 });
    expect(decideInbound({ ...closed(30, 24), reopenHours: 0 })).toEqual({ act: "rate", rating: 5 });
    expect(decideInbound(closed(25, 25)).act).toBe("open");
    expect(decideInbound(closed(1, null)).act).toBe("reopen");
    expect(decideInbound({ ...closed(1, 1), rating: null, text: "no funcionó" }).act).toBe("reopen");
  });

  it("is no answer when it was written before the asking, or while another ticket lives", () => {
    expect(decideInbound(closed(-1, -1)).act).toBe("reopen");
    expect(decideInbound({ ...closed(1, 1), live: { state: "open" } }).act).toBe("append");
    expect(decideInbound({ ...closed(1, 1), blocked: true }).act).toBe("store");
  });
});
