import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS } from "~/modules/channels";
import type { Answer } from "../answers/match-answer";
import { exitsOf, type Flow } from "../flow";
import type { Json } from "../wording/json";
import { anyFlow, IDS, ITEMS } from "./any-flow";
import { MOST_MESSAGES, MOST_STEPS } from "./loop-guard";
import { type Effect, newRun, type RunEvent, type RunState, type StepEnv, type TraceEntry } from "./run";
import { step } from "./step";

type Happening =
  | { what: "say"; kind: string; text: string; payload: string | null }
  /** One of the items that are shown, if any are. */
  | { what: "choose"; which: number; by: "label" | "number" | "payload" }
  | { what: "send"; answer: Answer }
  | { what: "result"; output: Json }
  | { what: "timer" }
  | { what: "stale" }
  | { what: "repeat"; which: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.record({
      what: fc.constant("choose" as const),
      which: fc.nat(10),
      by: fc.constantFrom("label", "number", "payload"),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant("say" as const),
      kind: fc.constantFrom("text", "text", "text", "text", "interactive", "media", "location"),
      text: fc.oneof(
        fc.constantFrom("Uno", "dos", "1", "2", "0", "sí", "agente", "menú", "salir", "info", "ayuda", "hola", "👍"),
        fc.constantFrom("info", "menú", "ayuda"),
        fc.string(),
      ),
      payload: fc.oneof(
        fc.constant(null),
        fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...ITEMS)).map((both) => both.join(":")),
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("send" as const),
      answer: fc.constantFrom<Answer>(
        { kind: "text", text: "ana@ejemplo.com", payload: null },
        { kind: "text", text: "30.123.456", payload: null },
        { kind: "text", text: "mañana", payload: null },
        { kind: "text", text: "aaaaaa!", payload: null },
        {
          kind: "media",
          text: "",
          payload: null,
          files: [{ id: "f", kind: "image", name: "a", mime: null, url: null }],
        },
        { kind: "location", text: "", payload: null, place: { latitude: 1, longitude: 2, name: null, address: null } },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("result" as const), output: fc.jsonValue() as fc.Arbitrary<Json> }),
  },
  { weight: 3, arbitrary: fc.constant({ what: "timer" as const }) },
  { weight: 1, arbitrary: fc.constant({ what: "stale" as const }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("repeat" as const), which: fc.nat(30) }) },
);
const story = fc.record({
  flow: anyFlow,
  channel: fc.constantFrom(...CHANNEL_KINDS),
  happenings: fc.array(happening, { maxLength: 30, size: "max" }),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

const variables: StepEnv["variables"] = {
  contact: { name: "Íñigo", tags: ["vip", 3, { label: "Sur", value: 9 }, null, ["x"], {}] },
  org: { name: "Ñandú" },
};

const OPEN: StepEnv["desk"] = { hours: { "": { open: true, opensAt: null } }, available: {} };
const CLOSED: StepEnv["desk"] = {
  hours: { "": { open: false, opensAt: "2026-01-02T11:00:00.000Z" }, Ventas: { open: false, opensAt: null } },
  available: { Ventas: false },
};

function chosen({ which, by }: Extract<Happening, { what: "choose" }>, { waiting }: RunState): Answer {
  const { items = [] } = (waiting?.kept ?? {}) as { items?: { id: string; label: string }[] };
  const place = which % Math.max(items.length, 1);
  const text = by === "number" ? `${place + 1}` : (items[place]?.label ?? "hola");
  return by === "payload"
    ? { kind: "interactive", text, payload: `${waiting?.node}:${items[place]?.id}` }
    : { kind: "text", text, payload: null };
}

function eventOf(one: Happening, state: RunState, past: readonly RunEvent[], i: number): RunEvent {
  if (one.what === "say")
    return { type: "message", id: `m${i}`, message: { kind: one.kind, text: one.text, payload: one.payload } };
  if (one.what === "choose") return { type: "message", id: `m${i}`, message: chosen(one, state) };
  if (one.what === "send") return { type: "message", id: `m${i}`, message: one.answer };
  if (one.what === "result")
    return { type: "result", id: `r${i}`, call: state.waiting?.call ?? "none", output: one.output };
  if (one.what === "timer") return { type: "timer", id: `t${i}`, timer: state.waiting?.timer ?? "none" };
  if (one.what === "stale") return { type: "timer", id: `s${i}`, timer: "menu:999" };
  return past[one.which % past.length] ?? { type: "start", id: "start", message: null };
}

type Moment = {
  event: RunEvent;
  env: StepEnv;
  before: RunState;
  after: RunState;
  effects: Effect[];
  trace: TraceEntry[];
};

function play({ flow, channel, happenings, random }: Parameters<Parameters<typeof story.map>[0]>[0]): Moment[] {
  let state = newRun();
  const past: RunEvent[] = [];
  return [null, ...happenings].map((one, i) => {
    const event: RunEvent = one ? eventOf(one, state, past, i) : { type: "start", id: "start", message: null };
    const now = new Date(Date.UTC(2026, 0, 1) + i * 20_000).toISOString();
    const place = { timeZone: "America/Asuncion", region: "PY", desk: i % 3 === 0 ? CLOSED : OPEN };
    const env: StepEnv = { now, random, channel, limits: CHANNEL_LIMITS[channel], ...place, variables };
    const { state: after, effects, trace } = step(flow, freeze(state), event, freeze(env));
    past.push(event);
    const moment = { event, env, before: state, after, effects, trace };
    state = after;
    return moment;
  });
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

const ends = (effect: Effect | undefined) => effect?.type === "handoff" || effect?.type === "close";
const check = (property: (moments: Moment[], flow: Flow) => void, numRuns = 300) =>
  fc.assert(
    fc.property(story, (one) => property(play(one), one.flow)),
    { numRuns },
  );

describe("whatever the flow and whatever is answered, a run", { timeout: 60_000 }, () => {
  it("waits or has ended after every event, and never by a fault", () => {
    check((moments) => {
      for (const { after, effects } of moments) {
        expect((after.done === null) !== (after.waiting === null)).toBe(true);
        expect(effects.filter((effect) => effect.type === "handoff" && effect.reason === "flow_error")).toEqual([]);
      }
    });
  });

  it("ends at most once, as the last effect, and never speaks after that", () => {
    check((moments) => {
      const all = moments.flatMap(({ effects }) => effects);
      const end = all.findIndex(ends);
      if (end >= 0) expect(end).toBe(all.length - 1);
      expect(moments.at(-1)?.after.done !== null).toBe(end >= 0);
    });
  });

  it("stays within the guard: at most 25 messages between two answers that move it", () => {
    check((moments) => {
      for (const { before, after, effects } of moments) {
        expect(effects.filter(({ type }) => type === "send").length).toBeLessThanOrEqual(MOST_MESSAGES);
        expect(after.guard.said).toBeLessThanOrEqual(MOST_MESSAGES);
        const entered = Object.values(after.visits).reduce((sum, n) => sum + n, 0);
        const enteredBefore = Object.values(before.visits).reduce((sum, n) => sum + n, 0);
        expect(entered - enteredBefore).toBeLessThanOrEqual(MOST_STEPS);
      }
    });
  });

  it("never says the same three times running without an answer that moves it", () => {
    check((moments) => {
      let last = "";
      let times = 0;
      for (const { before, after, effects } of moments) {
        // Progress sets the count back: it is then smaller than what was said before plus what is said now.
        const sends = effects.flatMap((effect) => (effect.type === "send" ? [effect.content] : []));
        if (after.guard.said < before.guard.said + sends.length) times = 0;
        for (const content of sends) {
          const said = JSON.stringify(content);
          times = said === last && times > 0 ? times + 1 : 1;
          last = said;
          expect(times).toBeLessThan(3);
        }
      }
    });
  });

  it("is not changed by any event that comes again", () => {
    check((moments, flow) => {
      const last = moments.at(-1);
      if (!last) return;
      for (const { event, env } of moments) {
        // What was no event of the run, a timer that nobody waited for, was not remembered and stays none.
        expect(step(flow, last.after, event, env)).toEqual({ state: last.after, effects: [], trace: [] });
      }
    });
  });

  it("is the same from its JSON as alive, and twice the same", () => {
    check((moments, flow) => {
      for (const { event, env, before, after, effects } of moments) {
        const stored = JSON.parse(JSON.stringify(before)) as RunState;
        expect(stored).toEqual(before);
        const again = step(JSON.parse(JSON.stringify(flow)) as Flow, stored, event, env);
        expect(again.state).toEqual(after);
        expect(again.effects).toEqual(effects);
        expect(JSON.parse(JSON.stringify(again))).toEqual(again);
      }
    }, 150);
  });

  it("goes on from what was stored after any step, and says the same", () => {
    check((moments, flow) => {
      const said = JSON.stringify(moments.flatMap(({ effects }) => effects));
      for (const cut of [1, Math.floor(moments.length / 2), moments.length - 1]) {
        let state = JSON.parse(JSON.stringify(moments[cut - 1]?.after ?? newRun())) as RunState;
        const version = JSON.parse(JSON.stringify(flow)) as Flow;
        const later = moments.slice(cut).flatMap(({ event, env }) => {
          const result = step(version, state, event, env);
          state = JSON.parse(JSON.stringify(result.state));
          return result.effects;
        });
        const before = moments.slice(0, cut).flatMap(({ effects }) => effects);
        expect(JSON.stringify([...before, ...later])).toBe(said);
      }
    }, 100);
  });

  it("leaves each node once a visit, by an exit that it has", () => {
    check((moments, flow) => {
      const exits = new Map(flow.nodes.map((node) => [node.id, exitsOf(node).map(({ id }) => id)]));
      let inside: string | null = null;
      for (const { node, what, detail } of moments.flatMap(({ trace }) => trace)) {
        if (what === "entered") inside = node;
        if (what !== "left") continue;
        expect(node).toBe(inside);
        inside = null;
        // A call leaves into the flow that stands in it by `entered`.
        if ("exit" in detail) expect([...(exits.get(node ?? "") ?? []), "entered"]).toContain(detail.exit);
      }
    });
  });

  it("has at most one timer alive, none at its end, and never one id twice", () => {
    check((moments) => {
      const alive = new Set<string>();
      const ever = new Set<string>();
      for (const { event, after, effects } of moments) {
        if (event.type === "timer") alive.delete(event.timer);
        for (const effect of effects) {
          if (effect.type === "cancel_timer") expect(alive.delete(effect.timer)).toBe(true);
          if (effect.type !== "set_timer") continue;
          expect(ever.has(effect.timer)).toBe(false);
          alive.add(effect.timer);
          ever.add(effect.timer);
        }
        expect([...alive]).toEqual(after.waiting?.timer ? [after.waiting.timer] : []);
      }
    });
  });

  it("names every message once", () => {
    check((moments) => {
      const keys = moments.flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.type === "send" ? [effect.key] : [])),
      );
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it("shows nothing of a prototype and no template", () => {
    check((moments) => {
      const said = JSON.stringify(moments.flatMap(({ effects }) => effects));
      expect(said).not.toMatch(/\{\{|\[native code\]|function|\[object/);
    });
  });

  it("ends with a person when asked for one, at any moment", () => {
    check((moments, flow) => {
      const last = moments.at(-1);
      if (!last || last.after.done) return;
      const message = { kind: "text", text: "quiero hablar con alguien", payload: null };
      const { state } = step(flow, last.after, { type: "message", id: "help", message }, last.env);
      expect(state.done).toMatchObject({ by: "handoff" });
    });
  });
});
