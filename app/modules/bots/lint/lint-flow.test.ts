import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHANNEL_LIMITS } from "~/modules/channels";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { lintFlow, lintRowSchema, lintRows } from "./lint-flow";
import { lintRules } from "./rules";

const text = (...texts: string[]) => ({ kind: "text", settings: { texts } });
const menu = (settings: object = {}) => ({
  kind: "choice",
  settings: { body: "¿Qué?", items: [{ id: "a", label: "Ventas" }], ...settings },
});
const labelled = (...labels: string[]) => menu({ items: labels.map((label, i) => ({ id: `i${i}`, label })) });
const people = { kind: "handoff" };
const found = (flow: Parameters<typeof lintFlow>[0], context?: Parameters<typeof lintFlow>[1]) =>
  lintRows(lintFlow(flow, context)).map(
    ({ rule, severity, node, message }) => `${severity} ${rule} ${node}: ${message}`,
  );
const of = (rule: string, rows: string[]) => rows.filter((row) => row.includes(` ${rule} `));
const whatsapp = { channels: [{ kind: "whatsapp" as const, limits: CHANNEL_LIMITS.whatsapp }] };

const whole = flowOf({ m: menu(), p: people }, ["m.a>p", "m.else>p", "m.no_answer>p"]);

describe("the linter", () => {
  it("finds nothing where nothing is wrong", () => {
    expect(found(whole, { ...whatsapp, areas: [], members: [] })).toEqual([]);
  });

  it("finds exits that lead nowhere: errors before warnings (pitfall 31)", () => {
    expect(found(flowOf({ m: menu(), p: people }, ["m.else>p"]))).toEqual([
      "error missing_exit m: The exit “a” leads nowhere: the ticket would go to people.",
      "warning missing_exit m: The exit “no_answer” leads nowhere: the flow's safe way is taken.",
    ]);
  });

  it("lets a detour that comes back end anywhere, and no other", () => {
    const nodes = { m: menu(), p: people, h: text("De 9 a 18") };
    const edges = ["m.a>p", "m.else>p", "m.no_answer>p"];
    const detour = (resume: boolean) => ({
      commands: [{ words: ["h"], action: { kind: "goto" as const, node: "h" }, resume }],
    });
    expect(found(flowOf(nodes, edges, detour(true)))).toEqual([]);
    expect(found(flowOf(nodes, edges, detour(false)))).toEqual([
      "error missing_exit h: The exit “next” leads nowhere: the ticket would go to people.",
    ]);
    expect(of("missing_exit", found(flowOf(nodes, [...edges.slice(1), "m.a>h"], detour(true))))).toHaveLength(1);
  });

  it("finds nodes to which nothing leads, and asks nothing else of them", () => {
    const flow = flowOf({ m: menu(), p: people, x: text("Nunca") }, ["m.a>p", "m.else>p", "m.no_answer>p"]);
    expect(found(flow)).toEqual(["warning unreachable x: Nothing leads to this node."]);
  });

  it("finds loops without a wait", () => {
    const flow = flowOf({ a: text("Hola"), b: text("¿Qué tal?"), p: people }, ["a.next>b", "b.next>a"]);
    expect(of("endless_loop", found(flow))).toEqual([
      "error endless_loop a: This node comes back to itself without waiting for anything.",
      "error endless_loop b: This node comes back to itself without waiting for anything.",
    ]);
    expect(fakeCustomer(flow).begin().state.done).toEqual({ by: "handoff", reason: "loop" });
    const asks = flowOf({ a: text("Hola"), m: menu(), p: people }, ["a.next>m", "m.a>a", "m.else>p", "m.no_answer>p"]);
    expect(found(asks)).toEqual([]);
  });

  it("finds that nothing reaches a person", () => {
    const closes = flowOf({ m: menu(), c: { kind: "close" } }, ["m.a>c", "m.else>c", "m.no_answer>c"]);
    expect(found(closes)).toEqual(["warning no_human null: No way through the flow reaches a person."]);
    const command = {
      ...closes,
      commands: [{ words: ["yo"], action: { kind: "handoff" as const, area: null, message: null }, resume: false }],
    };
    expect(found(command)).toEqual([]);
  });

  it("finds labels that an answer cannot tell apart", () => {
    const items = [
      { id: "a", label: "Sí", synonyms: ["dale", "ok"] },
      { id: "b", label: "¡SI!", synonyms: ["OK", "ok"] },
      { id: "c", label: "3", synonyms: ["sí"] },
      { id: "d", label: "7" },
    ];
    expect(of("labels", found(flowOf({ m: menu({ items }), p: people })))).toEqual([
      "error labels m: Two items read alike: “si”. An answer could not tell them apart.",
      "warning labels m: “ok” is a synonym of two items, so it chooses none.",
      "warning labels m: The label “7” is a number, but not the number of its place.",
    ]);
    expect(of("labels", found(flowOf({ m: labelled("👍", "👎"), p: people })))).toEqual([]);
    expect(of("labels", found(flowOf({ m: labelled("\u0301", "x"), p: people })))).toEqual([]);
  });

  it("finds variables that do not exist or are never set", () => {
    const flow = flowOf(
      {
        t: text(
          "{{contact.nombre}} {{flow.tema}} {{flow.nada}} {{flow.nada|x}} {{system.now}} {{system.hora}} {{nombre}} {{org.secrets.key}}",
        ),
        m: menu({ saveTo: "tema" }),
        p: people,
      },
      ["t.next>m", "m.a>p", "m.else>p", "m.no_answer>p"],
      { settings: { handoff: { message: "{{constructor.constructor}}" } } },
    );
    expect(found(flow)).toEqual([
      "error unknown_variable t: There is no “system.hora”.",
      "error unknown_variable t: “nombre” is no variable that a text can show.",
      "error unknown_variable t: “org.secrets.key” is no variable that a text can show.",
      "error unknown_variable null: “constructor.constructor” is no variable that a text can show.",
      "warning unknown_variable t: No node of this flow sets “flow.nada”.",
    ]);
  });

  it("looks for variables in conditions and lists too", () => {
    const showIf = { rules: [{ variable: "vip", operator: "set" }] };
    const items = [{ id: "a", label: "A", showIf }];
    expect(
      of(
        "unknown_variable",
        found(flowOf({ m: menu({ items }), l: menu({ items: [], itemsFrom: "turnos" }) }, ["m.a>l"])),
      ),
    ).toEqual([
      "error unknown_variable m: “vip” is no variable that a text can show.",
      "error unknown_variable l: “turnos” is no variable that a text can show.",
    ]);
  });

  it("finds what a channel cannot show as it is drawn (pitfall 19)", () => {
    const many = (count: number, label = "Opción") =>
      labelled(...Array.from({ length: count }, (_, i) => `${label} ${i}`));
    const over = (node: object & { kind: string }) =>
      of("over_limits", found(flowOf({ m: node, p: people }), whatsapp));
    expect(over(many(10))).toEqual([]);
    expect(over(many(11))).toEqual([
      "warning over_limits m: On whatsapp these items do not fit into buttons or a list: they are sent as numbered text.",
    ]);
    expect(over(many(3, "Una etiqueta demasiado larga"))).toHaveLength(1);
    expect(over(many(21))).toEqual([
      "warning over_limits m: On whatsapp these items are sent as numbered text in several pages.",
    ]);
    expect(over(text("a".repeat(4096)))).toEqual([]);
    expect(over(text("a".repeat(4097)))).toEqual([
      "warning over_limits m: On whatsapp this text is sent in parts of 4096.",
    ]);
    expect(over(text(`${"a".repeat(4096)}{{contact.name}}`))).toEqual([]);
    expect(over(text(`${"a".repeat(4090)}{{contact.name|vecino}}`))).toEqual([]);
    expect(over(text(`${"a".repeat(4091)}{{contact.name|vecino}}`))).toHaveLength(1);
  });

  it("finds areas and members that the organisation does not have", () => {
    const flow = flowOf(
      { p: { kind: "handoff", settings: { area: "Ventas", assignee: { kind: "member", member: "ana" } } } },
      [],
      {
        settings: { handoff: { area: "Recepción" } },
      },
    );
    expect(found(flow)).toEqual([]);
    expect(found(flow, { areas: ["Soporte"], members: ["luz"] })).toEqual([
      "error missing_reference p: There is no area “Ventas”: the ticket would go to the channel's own.",
      "error missing_reference p: There is no member “ana”: the ticket would be unassigned.",
      "error missing_reference null: There is no area “Recepción”: the ticket would go to the channel's own.",
    ]);
    expect(found(flow, { areas: ["Ventas", "Recepción"], members: ["ana"] })).toEqual([]);
  });

  it("prints rows of the documented form for any drawing", () => {
    const ids = ["a", "b", "c", "d"];
    const edge = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.uniqueArray(edge, { selector: ([from]) => from }), fc.string({ minLength: 1 }), (edges, words) => {
        const nodes = Object.fromEntries(ids.map((id) => [id, text(`x${words}{{${words}}}`)]));
        for (const row of lintRows(
          lintFlow(
            flowOf(
              nodes,
              edges.map(([from, to]) => `${from}.next>${to}`),
            ),
            whatsapp,
          ),
        )) {
          expect(lintRowSchema.safeParse(row).success).toBe(true);
        }
      }),
    );
  });

  it("has a key for the interface's text of everything it can say", () => {
    const keys = Object.entries(lintRules).flatMap(([rule, { texts }]) =>
      Object.keys(texts).map((name) => `bots.lint.${rule}.${name}`),
    );
    expect(keys).toHaveLength(new Set(keys).size);
    expect(lintFlow(flowOf({ m: menu(), p: people })).every(({ message }) => keys.includes(message.key))).toBe(true);
  });
});
