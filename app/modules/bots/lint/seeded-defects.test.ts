import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_LIMITS } from "~/modules/channels";
import { type Flow, type FlowInput, flowSchema } from "../flow";
import { welcomeFlow } from "../starters/welcome";
import { lintFlow } from "./lint-flow";
import type { LintContext } from "./rule";
import type { LintRuleId } from "./rules";

const context: LintContext = {
  channels: [{ kind: "whatsapp", limits: CHANNEL_LIMITS.whatsapp }],
  areas: ["Ventas", "Soporte"],
  members: ["ana"],
};
const position = { x: 0, y: 0 };
type Node = FlowInput["nodes"][number];
type Edge = NonNullable<FlowInput["edges"]>[number];
type Part = { nodes: Node[]; edges: Edge[] };

const node = (id: string, kind: string, settings: object = {}) => ({ id, kind, position, settings }) as unknown as Node;
const edge = (from: string, exit: string, to: string): Edge => ({ from, exit, to });
const asking = { question: "¿Cuál?" };
const items = (...labels: string[]) => labels.map((label, i) => ({ id: `i${i}`, label }));
const rule = (variable: string, operator: string, value = "") => ({ rules: [{ variable, operator, value }] });

/** Valid steps, each entered at its first node and left towards `to`: what flows are put together from. */
const STEPS: ((id: string, to: string) => Part)[] = [
  (id, to) => ({ nodes: [node(id, "text", { texts: ["Hola, {{contact.name}}"] })], edges: [edge(id, "next", to)] }),
  (id, to) => ({
    nodes: [node(id, "choice", { body: "¿Qué?", items: items("Uno", "Dos") })],
    edges: ["i0", "i1", "else", "no_answer"].map((exit) => edge(id, exit, to)),
  }),
  (id, to) => ({
    nodes: [node(id, "ask", { ...asking, type: "number", saveTo: `v_${id}` })],
    edges: ["answered", "else", "no_answer"].map((exit) => edge(id, exit, to)),
  }),
  (id, to) => ({
    nodes: [node(id, "condition", { branches: [{ id: "a", condition: rule("contact.city", "matches", "^As") }] })],
    edges: [edge(id, "a", to), edge(id, "else", to)],
  }),
  (id, to) => ({ nodes: [node(id, "hours")], edges: [edge(id, "open", to), edge(id, "closed", to)] }),
  (id, to) => ({ nodes: [node(id, "agents", { area: "Ventas" })], edges: [edge(id, "yes", to), edge(id, "no", to)] }),
  (id, to) => ({
    nodes: [node(id, "split", { shares: [{ id: "a" }, { id: "b" }] })],
    edges: [edge(id, "a", to), edge(id, "b", to)],
  }),
  (id, to) => ({
    nodes: [node(id, "set", { variable: "veces", value: { kind: "expression", expression: "1 + 1" } })],
    edges: [edge(id, "next", to)],
  }),
  (id, to) => ({
    nodes: [node(id, "update", { tagsAdd: ["bot"], contact: [{ field: "city", value: "x" }] })],
    edges: [edge(id, "next", to)],
  }),
  (id, to) => ({
    nodes: [node(id, "wait", { until: { kind: "duration", seconds: 60 } })],
    edges: [edge(id, "next", to)],
  }),
  (id, to) => ({ nodes: [node(id, "note", { text: "Mirá", members: ["ana"] })], edges: [edge(id, "next", to)] }),
  (id, to) => ({
    nodes: [node(id, "media", { media: "image", source: { from: "url", url: "https://ejemplo.com/a.jpg" } })],
    edges: [edge(id, "next", to), edge(id, "failed", to)],
  }),
  (id, to) => ({
    nodes: [node(id, "card", { title: "Pizza", buttons: items("Pedir", "Ver") })],
    edges: ["i0", "i1", "else", "no_answer"].map((exit) => edge(id, exit, to)),
  }),
  (id, to) => ({
    nodes: [node(id, "choice", { body: "¿Otra vez?", items: items("Sí") }), node(`${id}j`, "jump", { node: id })],
    edges: [
      edge(id, "i0", `${id}j`),
      edge(`${id}j`, "limit_reached", to),
      edge(id, "else", to),
      edge(id, "no_answer", to),
    ],
  }),
];

/** Steps one after another, to a person at the end. */
function flowOfSteps(which: readonly number[], defect?: { at: number; part: (id: string, to: string) => Part }): Flow {
  const parts = which.flatMap((step) => STEPS[step] ?? []);
  if (defect) parts.splice(defect.at % (parts.length + 1), 0, defect.part);
  const ids = [...parts.map((_, i) => (parts[i] === defect?.part ? "bad" : `s${i}`)), "people"];
  const built = parts.map((part, i) => part(ids[i] ?? "", ids[i + 1] ?? "people"));
  return flowSchema.parse({
    schema: 1,
    name: "Prueba",
    start: "start",
    nodes: [node("start", "start"), ...built.flatMap(({ nodes }) => nodes), node("people", "handoff")],
    edges: [edge("start", "next", ids[0] ?? "people"), ...built.flatMap(({ edges }) => edges)],
  });
}

const alone =
  (kind: string, settings: object, exits: string[]) =>
  (id: string, to: string): Part => ({
    nodes: [node(id, kind, settings)],
    edges: exits.map((exit) => edge(id, exit, to)),
  });
const askExits = ["answered", "else", "no_answer"];

/** One thing wrong each, as a step that stands among others; `bad` is the node that has to be named. */
const DEFECTS: [string, LintRuleId, (id: string, to: string) => Part][] = [
  [
    "a dead end",
    "missing_exit",
    (id, to) => ({
      nodes: [node(id, "condition", { branches: [{ id: "a", condition: rule("contact.x", "set") }] })],
      edges: [edge(id, "else", to)],
    }),
  ],
  [
    "an item that leads nowhere",
    "missing_exit",
    alone("choice", { body: "¿?", items: items("Uno", "Dos") }, ["i0", "else", "no_answer"]),
  ],
  ["no way for silence", "missing_exit", alone("ask", asking, ["answered", "else"])],
  ["no way for what is not understood", "missing_exit", alone("ask", asking, ["answered", "no_answer"])],
  [
    "no way for a picture that fails",
    "missing_exit",
    alone("media", { source: { from: "url", url: "https://ejemplo.com/a" } }, ["next"]),
  ],
  [
    "a node that nothing leads to",
    "unreachable",
    (id, to) => ({
      nodes: [node(id, "hours"), node(`${id}0`, "text", { texts: ["Nunca"] })],
      edges: [edge(id, "open", to), edge(id, "closed", to), edge(`${id}0`, "next", to)],
    }),
  ],
  [
    "a loop of texts",
    "endless_loop",
    (id, to) => ({
      nodes: [node(`${id}0`, "hours"), node(id, "text", { texts: ["Otra vez"] })],
      edges: [edge(`${id}0`, "open", to), edge(`${id}0`, "closed", id), edge(id, "next", `${id}0`)],
    }),
  ],
  [
    "a loop of decisions",
    "endless_loop",
    (id, to) => ({ nodes: [node(id, "agents")], edges: [edge(id, "yes", to), edge(id, "no", id)] }),
  ],
  [
    "a loop of cards without buttons",
    "endless_loop",
    (id, to) => ({
      nodes: [node(`${id}0`, "hours"), node(id, "card", { title: "Pizza" })],
      edges: [edge(`${id}0`, "open", to), edge(`${id}0`, "closed", id), edge(id, "next", `${id}0`)],
    }),
  ],
  ["a variable that is never set", "unknown_variable", alone("text", { texts: ["{{flow.nada}}"] }, ["next"])],
  ["a variable that does not exist", "unknown_variable", alone("text", { texts: ["{{nombre}}"] }, ["next"])],
  ["a secret in a text", "unknown_variable", alone("text", { texts: ["{{org.secrets.llave}}"] }, ["next"])],
  ["a secret in a note", "unknown_variable", alone("note", { text: "{{org.secrets.llave}}" }, ["next"])],
  [
    "a variable of the system that there is not",
    "unknown_variable",
    alone("set", { variable: "x", value: { kind: "text", text: "{{system.hora}}" } }, ["next"]),
  ],
  [
    "labels that read alike",
    "labels",
    alone("choice", { body: "¿?", items: items("Sí", "¡SI!") }, ["i0", "i1", "else", "no_answer"]),
  ],
  ["a text over the channel's limit", "over_limits", alone("text", { texts: ["a".repeat(4097)] }, ["next"])],
  [
    "more items than the channel shows",
    "over_limits",
    alone(
      "choice",
      { body: "¿?", items: items(..."abcdefghijk") },
      [..."abcdefghijk"].map((_, i) => `i${i}`).concat("else", "no_answer"),
    ),
  ],
  [
    "a caption over the channel's limit",
    "over_limits",
    alone("media", { source: { from: "url", url: "https://ejemplo.com/a" }, caption: "a".repeat(1025) }, [
      "next",
      "failed",
    ]),
  ],
  ["an area that there is not", "missing_reference", alone("agents", { area: "Cobranzas" }, ["yes", "no"])],
  ["a member whom there is not", "missing_reference", alone("note", { text: "Mirá", members: ["luz"] }, ["next"])],
  ["a jump to nowhere", "missing_target", alone("jump", { node: "nada" }, ["limit_reached"])],
  ["a pattern that cannot be read", "wrong_code", alone("ask", { ...asking, type: "pattern", pattern: "(" }, askExits)],
  [
    "an expression that cannot be read",
    "wrong_code",
    alone("set", { variable: "x", value: { kind: "expression", expression: "1 +" } }, ["next"]),
  ],
  [
    "a comparison with what is no number",
    "wrong_code",
    (id, to) => ({
      nodes: [node(id, "condition", { branches: [{ id: "a", condition: rule("contact.x", "greater", "mucho") }] })],
      edges: [edge(id, "a", to), edge(id, "else", to)],
    }),
  ],
  [
    "an address within a private network",
    "private_address",
    alone("media", { source: { from: "url", url: "http://192.168.0.1/a.jpg" } }, ["next", "failed"]),
  ],
  [
    "shares that nobody is sent",
    "weights",
    alone("split", { shares: [{ id: "a" }, { id: "b", weight: 0 }] }, ["a", "b"]),
  ],
];

/** The defect's own nodes. */
const BAD = /^bad/;

const steps = fc.array(fc.nat(STEPS.length - 1), { minLength: 1, maxLength: 8 });

describe("the linter", () => {
  it.each(DEFECTS)("finds %s, wherever it stands", (_, rule, part) => {
    fc.assert(
      fc.property(steps, fc.nat(20), (which, at) => {
        const problems = lintFlow(flowOfSteps(which, { at, part }), context);
        expect(problems).toContainEqual(expect.objectContaining({ rule, node: expect.stringMatching(BAD) }));
        // Nothing else is wrong, but what the same defect brings along.
        expect(problems.filter(({ node }) => !BAD.test(node ?? ""))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it("finds that nobody can be reached, of the whole flow", () => {
    const flow = flowOfSteps([0]);
    const closes = { ...flow, nodes: flow.nodes.map((one) => (one.id === "people" ? node("people", "close") : one)) };
    expect(lintFlow(flowSchema.parse(closes), context)).toMatchObject([{ rule: "no_human", node: null }]);
  });

  it("finds nothing in flows without a defect, whatever they are put together from", () => {
    fc.assert(
      fc.property(steps, (which) => {
        expect(lintFlow(flowOfSteps(which), context)).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(STEPS.flatMap((_, i) => lintFlow(flowOfSteps([i]), context))).toEqual([]);
    for (const language of ["es", "pt", "en"]) expect(lintFlow(welcomeFlow(language))).toEqual([]);
  });
});
