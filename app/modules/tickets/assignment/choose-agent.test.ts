import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, chooseAgent } from "./choose-agent";

const agent = (memberId: string, more: Partial<Candidate> = {}): Candidate => ({
  memberId,
  cap: 8,
  open: 0,
  waiting: 0,
  lastAssignedAt: null,
  ...more,
});
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 12, n));
const anyone = { skip: [], sticky: null };

describe("whom a ticket is given to (R12)", () => {
  it("in turn: who was given one longest ago, first who never was", () => {
    const ana = agent("ana", { lastAssignedAt: minute(5) });
    const bea = agent("bea", { lastAssignedAt: minute(1), open: 7 });
    expect(chooseAgent([ana, bea], "round_robin", anyone)).toEqual({ memberId: "bea", reason: "round_robin" });
    expect(chooseAgent([ana, bea, agent("cira")], "round_robin", anyone)?.memberId).toBe("cira");
  });

  it("by load: the fewest that wait, then the fewest open, then the longest idle", () => {
    const ana = agent("ana", { waiting: 1, open: 6, lastAssignedAt: minute(1) });
    const bea = agent("bea", { waiting: 2, open: 2 });
    expect(chooseAgent([bea, ana], "least_loaded", anyone)).toEqual({ memberId: "ana", reason: "least_loaded" });
    expect(chooseAgent([ana, agent("cira", { waiting: 1, open: 5 })], "least_loaded", anyone)?.memberId).toBe("cira");
    const idle = agent("dora", { waiting: 1, open: 6, lastAssignedAt: minute(0) });
    expect(chooseAgent([ana, idle], "least_loaded", anyone)?.memberId).toBe("dora");
  });

  it("to nobody by hand, at the cap, or from whom it came back", () => {
    expect(chooseAgent([agent("ana")], "manual", anyone)).toBeNull();
    expect(chooseAgent([agent("ana", { open: 8 })], "round_robin", anyone)).toBeNull();
    expect(chooseAgent([agent("ana", { cap: 0 })], "least_loaded", anyone)).toBeNull();
    expect(chooseAgent([agent("ana")], "round_robin", { skip: ["ana"], sticky: "ana" })).toBeNull();
  });

  it("first to the contact's agent of lately, if it may be theirs at all", () => {
    const busy = agent("bea", { open: 7, waiting: 7, lastAssignedAt: minute(9) });
    const asked = { skip: [], sticky: "bea" };
    expect(chooseAgent([agent("ana"), busy], "least_loaded", asked)).toEqual({ memberId: "bea", reason: "sticky" });
    expect(chooseAgent([agent("ana"), { ...busy, open: 8 }], "least_loaded", asked)?.memberId).toBe("ana");
    expect(chooseAgent([agent("ana")], "least_loaded", asked)?.memberId).toBe("ana");
  });

  it("whoever they are: to one of them, below the cap, and none idler was passed over in turn", () => {
    const agents = fc.uniqueArray(
      fc.record({
        memberId: fc.uuid(),
        cap: fc.integer({ min: 0, max: 4 }),
        open: fc.integer({ min: 0, max: 5 }),
        waiting: fc.integer({ min: 0, max: 5 }),
        lastAssignedAt: fc.option(fc.integer({ min: 0, max: 9 }).map(minute)),
      }),
      { selector: ({ memberId }) => memberId, maxLength: 6 },
    );
    fc.assert(
      fc.property(agents, (all) => {
        const free = all.filter(({ open, cap }) => open < cap);
        const chosen = chooseAgent(all, "round_robin", anyone);
        expect(chosen === null).toBe(free.length === 0);
        const one = free.find(({ memberId }) => memberId === chosen?.memberId);
        const when = (candidate: Candidate) => candidate.lastAssignedAt?.getTime() ?? -1;
        for (const other of one ? free : []) expect(when(other)).toBeGreaterThanOrEqual(when(one as Candidate));
      }),
    );
  });
});
