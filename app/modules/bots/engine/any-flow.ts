import fc from "fast-check";
import { ANSWER_TYPES } from "../answers/read-answer";
import { exitsOf, type Flow, flowSchema } from "../flow";
import type { NodeDefinition } from "../nodes/define-node";
import { nodeKinds } from "../nodes/kinds";
import { botTexts } from "../wording/bot-texts";

/** Ids that trip a careless lookup stand among them. */
export const IDS = ["a", "b", "menu", "constructor", "toString", "hasOwnProperty", "7", "x-y"] as const;
export const ITEMS = ["uno", "dos", "constructor", "valueOf"] as const;

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
const items = fc.record({
  body: words,
  items: fc.uniqueArray(item, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
  saveTo: fc.option(fc.constant("tema")),
  ...asking,
});
const listed = fc.record({ body: words, itemsFrom: fc.constantFrom("contact.tags", "flow.lista"), ...asking });
const menu = fc.oneof({ weight: 6, arbitrary: items }, { weight: 1, arbitrary: listed });
const saveTo = fc.option(fc.constant("tema"));
const variable = fc.constantFrom("flow.tema", "contact.tags", "system.channel", "ticket.tags", "flow.constructor");
const rules = (operators: readonly string[]) =>
  fc.record({
    match: fc.constantFrom("all", "any"),
    rules: fc.array(fc.record({ variable, operator: fc.constantFrom(...operators), value: words }), {
      minLength: 1,
      maxLength: 2,
    }),
  });
const source = fc.oneof(
  fc.record({
    from: fc.constant("url"),
    url: fc.constantFrom("https://x.test.com/a.png", "{{flow.tema}}", "http://10.0.0.1"),
  }),
  fc.record({ from: fc.constant("file"), file: fc.constant("f1") }),
);
const expression = fc.constantFrom(
  "1 + 1",
  "flow.tema + 'x'",
  "random(1, 9)",
  "upper(",
  "contact.constructor",
  "flow.tema == null ? now() : days(2)",
);
const area = fc.option(fc.constantFrom("Ventas", "Nadie"));
const tags = fc.array(fc.constantFrom("a", "b"), { maxLength: 2 });

/** Settings of every kind as any author may have them. */
const SETTINGS: { readonly [kind: string]: { weight: number; settings: fc.Arbitrary<unknown> } } = {
  text: { weight: 4, settings: fc.record({ texts: fc.array(words, { minLength: 1, maxLength: 3 }) }) },
  media: {
    weight: 2,
    settings: fc.record({ media: fc.constantFrom("image", "audio"), source, caption: fc.option(words) }),
  },
  card: {
    weight: 4,
    settings: fc.record({
      image: fc.option(source),
      title: words,
      text: fc.option(words),
      buttons: fc.uniqueArray(
        fc.record({ id: fc.constantFrom(...ITEMS), label: fc.constantFrom("Uno", "Dos", "Sí", "{{flow.tema}}") }),
        { selector: ({ id }) => id, maxLength: 4 },
      ),
      ...asking,
    }),
  },
  choice: { weight: 9, settings: menu },
  ask: {
    weight: 7,
    settings: fc.record({
      question: words,
      type: fc.constantFrom(...ANSWER_TYPES),
      pattern: fc.constantFrom("(a+)+$", "(", ".*"),
      saveTo,
      ...asking,
    }),
  },
  condition: {
    weight: 3,
    settings: fc.record({
      branches: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom(...ITEMS),
          condition: rules(["equals", "contains", "matches", "set", "less"]),
        }),
        { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
      ),
    }),
  },
  hours: { weight: 1, settings: fc.record({ area }) },
  agents: { weight: 1, settings: fc.record({ area }) },
  split: {
    weight: 1,
    settings: fc.record({
      shares: fc.uniqueArray(fc.record({ id: fc.constantFrom(...ITEMS), weight: fc.nat(3) }), {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  set: {
    weight: 3,
    settings: fc.record({
      variable: fc.constantFrom("tema", "lista"),
      value: fc.oneof(
        words.map((text) => ({ kind: "text", text })),
        expression.map((source) => ({ kind: "expression", expression: source })),
        fc.constantFrom({ kind: "now" }, { kind: "counter" }, { kind: "random", from: 3, to: 1 }),
      ),
    }),
  },
  update: {
    weight: 2,
    settings: fc.record({
      contact: fc.array(fc.record({ field: fc.constantFrom("name", "constructor", "ciudad"), value: words }), {
        maxLength: 2,
      }),
      contactTagsAdd: tags,
      tagsRemove: tags,
      priority: fc.option(fc.constantFrom("low", "urgent")),
      area,
    }),
  },
  wait: {
    weight: 2,
    settings: fc.record({
      until: fc.oneof(
        fc.integer({ min: 1, max: 90_000 }).map((seconds) => ({ kind: "duration", seconds })),
        fc.constantFrom(
          { kind: "time", time: "09:00" },
          { kind: "date", date: "{{flow.tema}}" },
          { kind: "date", date: "1/1" },
        ),
      ),
      onlyInHours: fc.boolean(),
      area,
    }),
  },
  note: { weight: 1, settings: fc.record({ text: words, members: fc.constantFrom([], ["ana"]), area }) },
  jump: {
    weight: 2,
    settings: fc.record({ node: fc.constantFrom("start", ...IDS), most: fc.integer({ min: 1, max: 4 }) }),
  },
  handoff: { weight: 1, settings: fc.record({ area: fc.constant("Ventas"), note: words }) },
  close: { weight: 1, settings: fc.record({ message: words, askRating: fc.boolean() }) },
};

/** What an author has to do at least with a fresh node: every empty text filled in. */
function fresh(definition: NodeDefinition<unknown>): unknown {
  return JSON.parse(JSON.stringify(definition.initial(botTexts("es"))).replaceAll('""', '"https://x.test.com/"'));
}

const kinds = Object.entries(nodeKinds) as [string, NodeDefinition<unknown>][];
/** Kinds without a line above are there as they come. */
const settings = fc.oneof(
  ...kinds.flatMap(([kind, definition]) => {
    if (kind === "start") return [];
    const { weight, settings: given } = SETTINGS[kind] ?? { weight: 2, settings: fc.constant(fresh(definition)) };
    return [{ weight, arbitrary: fc.record({ kind: fc.constant(kind), settings: given }) }];
  }),
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
export const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), settings), {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 7,
      size: "max",
    }),
    targets: fc.noBias(fc.array(fc.option(fc.nat(6), { freq: 12 }), { minLength: 40, maxLength: 40 })),
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
    const firm = ["start", ...nodes.filter(([, { kind }]) => kind !== "jump").map(([id]) => id)];
    const there = all.filter(
      ({ kind, settings: given }) => kind !== "jump" || firm.some((id) => id === (given as { node: unknown }).node),
    );
    const left = there.length > 1 ? there : [start, { id: ids[0], position, kind: "handoff", settings: {} }];
    const bare = flowSchema.parse({ schema: 1, name: "Cualquiera", start: "start", nodes: left, settings });
    let exitsSoFar = 0;
    const edges = bare.nodes.flatMap((node) =>
      exitsOf(node).flatMap((exit) => {
        const target = targets[exitsSoFar++ % targets.length] ?? null;
        const known = bare.nodes.slice(1).map(({ id }) => id);
        return target === null || known.length === 0
          ? []
          : [{ from: node.id, exit: exit.id, to: known[target % known.length] }];
      }),
    );
    const known = commands.filter(
      ({ action }) => !("node" in action) || bare.nodes.some(({ id }) => id === action.node),
    );
    return flowSchema.parse({ ...bare, edges, commands: known });
  });
