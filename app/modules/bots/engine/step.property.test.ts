import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, CHANNEL_LIMITS } from "~/modules/channels";
import type { Answer } from "../answers/match-answer";
import { exitsOf, type Flow, flowSchema } from "../flow";
import { MOST_MESSAGES, MOST_STEPS } from "./loop-guard";
import { type Effect, newRun, type RunEvent, type RunState, type StepEnv } from "./run";
import { step } from "./step";

/** Ids that trip a careless lookup stand among them. */
const IDS = ["a", "b", "menu", "constructor", "toString", "hasOwnProperty", "7", "x-y"] as const;
const ITEMS = ["uno", "dos", "constructor", "valueOf"] as const;

const words = fc.constantFrom(
  "Hola",
  "¿Cómo estás, {{contact.name}}?",
  "{{flow.tema}}",
  "{{constructor.constructor}}",
  "{{contact.__proto__}}{{flow.toString}}",
  "Elegí:",
  "Menú",
  "{{flow.nada|nada}}",
);
const condition = fc.record({
  match: fc.constantFrom("all", "any"),
  rules: fc.array(
    fc.record({
      variable: fc.constantFrom("flow.tema", "contact.tags", "flow.constructor"),
      operator: fc.constantFrom("equals", "not_equals", "contains", "greater", "set", "empty"),
      value: words,
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const asking = {
  retry: fc.array(words, { maxLength: 2 }),
  maxInvalid: fc.option(fc.integer({ min: 1, max: 4 })),
  noAnswerAfterSeconds: fc.option(fc.integer({ min: 60, max: 1000 })),
};
const item = fc.record({
  id: fc.constantFrom(...ITEMS),
  label: fc.constantFrom("Uno", "Dos", "Sí", "sí", "5", "{{flow.tema}}", "👍"),
  synonyms: fc.array(fc.constantFrom("hola", "agente", "si"), { maxLength: 2 }),
  showIf: fc.option(condition, { freq: 1 }),
});
const choice = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      body: words,
      items: fc.uniqueArray(item, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
      saveTo: fc.option(fc.constant("tema")),
      ...asking,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ body: words, itemsFrom: fc.constantFrom("contact.tags", "flow.lista"), ...asking }),
  },
);
const settings = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("text"),
      settings: fc.record({ texts: fc.array(words, { minLength: 1, maxLength: 3 }) }),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant("choice"), settings: choice }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("handoff"),
      settings: fc.record({ area: fc.constant("Ventas"), note: words }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close"), settings: fc.record({ message: words }) }) },
);
const command = fc.record({
  words: fc.constantFrom(["menú"], ["salir"], ["agente"], ["ayuda", "info"]),
  action: fc.oneof(
    fc.constantFrom({ kind: "restart" }, { kind: "close" }, { kind: "handoff" }),
    fc.constantFrom(...IDS).map((node) => ({ kind: "goto", node })),
  ),
  resume: fc.boolean(),
});

/** Any flow that the schema accepts: each exit leads to one of the nodes, one in ten nowhere. */
const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), settings), {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 7,
      size: "max",
    }),
    targets: fc.noBias(fc.infiniteStream(fc.option(fc.nat(6), { freq: 12 }))),
    commands: fc.array(command, { maxLength: 4, size: "max" }),
    settings: fc.record({
      onSilence: fc.constantFrom("close", "handoff"),
      maxInvalid: fc.integer({ min: 1, max: 3 }),
    }),
  })
  .map(({ nodes, targets, commands, settings }) => {
    const position = { x: 0, y: 0 };
    const ids = nodes.map(([id]) => id);
    const start = { id: "start", kind: "start", position, settings: {} };
    const all = [start, ...nodes.map(([id, node]) => ({ id, position, ...node }))];
    const bare = flowSchema.parse({ schema: 1, name: "Cualquiera", start: "start", nodes: all, settings });
    const edges = bare.nodes.flatMap((node) =>
      exitsOf(node).flatMap((exit) => {
        const target: number | null = targets.next().value;
        return target === null ? [] : [{ from: node.id, exit: exit.id, to: ids[target % ids.length] }];
      }),
    );
    const known = commands.filter(({ action }) => !("node" in action) || ids.includes(action.node));
    return flowSchema.parse({ ...bare, edges, commands: known });
  });

type Happening =
  | { what: "say"; kind: string; text: string; payload: string | null }
  /** One of the items that are shown, if any are. */
  | { what: "choose"; which: number; by: "label" | "number" | "payload" }
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
  { weight: 1, arbitrary: fc.constant({ what: "timer" as const }) },
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

function chosen({ which, by }: Extract<Happening, { what: "choose" }>, { waiting }: RunState): Answer {
  const { items } = (waiting?.kept ?? { items: [] }) as { items: { id: string; label: string }[] };
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
  if (one.what === "timer") return { type: "timer", id: `t${i}`, timer: state.waiting?.timer ?? "none" };
  if (one.what === "stale") return { type: "timer", id: `s${i}`, timer: "menu:999" };
  return past[one.which % past.length] ?? { type: "start", id: "start", message: null };
}

type Moment = { event: RunEvent; env: StepEnv; before: RunState; after: RunState; effects: Effect[] };

function play({ flow, channel, happenings, random }: Parameters<Parameters<typeof story.map>[0]>[0]): Moment[] {
  let state = newRun();
  const past: RunEvent[] = [];
  return [null, ...happenings].map((one, i) => {
    const event: RunEvent = one ? eventOf(one, state, past, i) : { type: "start", id: "start", message: null };
    const now = new Date(Date.UTC(2026, 0, 1) + i * 20_000).toISOString();
    const env: StepEnv = { now, random, channel, limits: CHANNEL_LIMITS[channel], variables };
    const { state: after, effects } = step(flow, freeze(state), event, freeze(env));
    past.push(event);
    const moment = { event, env, before: state, after, effects };
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
