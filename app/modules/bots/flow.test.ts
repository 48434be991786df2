import { describe, expect, it } from "vitest";
import { type Flow, parseFlow } from "./flow";
import { nodeKinds } from "./nodes/kinds";

const position = { x: 0, y: 0 };
const start = { id: "start", kind: "start", position, settings: {} };
const menu = {
  id: "menu",
  kind: "choice",
  position,
  settings: {
    body: "¿Qué necesitás?",
    items: [
      { id: "ventas", label: "Ventas" },
      { id: "soporte", label: "Soporte" },
    ],
  },
};
const people = { id: "gente", kind: "handoff", position, settings: {} };

const flowWith = (changes: object = {}): unknown => ({
  schema: 1,
  name: "Bienvenida",
  start: "start",
  nodes: [start, menu, people],
  edges: [
    { from: "start", exit: "next", to: "menu" },
    { from: "menu", exit: "ventas", to: "gente" },
    { from: "menu", exit: "else", to: "gente" },
  ],
  ...changes,
});
const withMenu = (settings: object) =>
  flowWith({ nodes: [start, people, { ...menu, settings: { ...menu.settings, ...settings } }], edges: [] });

function problemsOf(input: unknown): string[] {
  const parsed = parseFlow(input);
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

function accepted(input: unknown): Flow {
  const parsed = parseFlow(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.flow;
}

describe("parseFlow", () => {
  it("reads a flow and puts in what was left out", () => {
    const flow = accepted(flowWith());
    expect(flow.settings).toEqual({
      language: "es",
      maxInvalid: 2,
      noAnswerAfterSeconds: 86_400,
      callable: false,
      onSilence: "close",
      handoff: { area: null, message: null },
    });
    expect(flow.nodes[1]).toMatchObject({ title: "", settings: { retry: [], maxInvalid: null, saveTo: null } });
    expect(flow.commands).toEqual([]);
  });

  it("reads what it has written to the same", () => {
    const flow = accepted(
      flowWith({ notes: [{ id: "n1", text: "Revisar con Ana", position }], settings: { language: "pt" } }),
    );
    expect(accepted(JSON.parse(JSON.stringify(flow)))).toEqual(flow);
  });

  it.each<[string, unknown, string[]]>([
    ["nothing", null, [": Invalid input: expected object, received null"]],
    ["another version", flowWith({ schema: 2 }), ["schema: Invalid input: expected 1"]],
    ["an unknown key", flowWith({ color: "red" }), [': Unrecognized key: "color"']],
    [
      "an unknown kind",
      flowWith({ nodes: [start, { ...people, kind: "teleport" }] }),
      [`nodes[gente].kind: must be a node of a known kind: ${Object.keys(nodeKinds).join(", ")}`],
    ],
    ["an unknown setting", withMenu({ colour: 1 }), ['nodes[menu].settings: Unrecognized key: "colour"']],
    ["no items", withMenu({ items: [] }), ["nodes[menu].settings.items: needs at least one item, or itemsFrom"]],
    ["items twice over", withMenu({ itemsFrom: "flow.lista" }), ["nodes[menu].settings.itemsFrom: excludes items"]],
    [
      "two items of one id",
      withMenu({
        items: [
          { id: "a", label: "A" },
          { id: "a", label: "B" },
        ],
      }),
      ["nodes[menu].settings.items: has two entries of the same id"],
    ],
    [
      "an item called as another exit",
      withMenu({ items: [{ id: "else", label: "Otro" }] }),
      ["nodes[menu].settings.items[else].id: is the name of another exit"],
    ],
    [
      "a label of nothing",
      withMenu({ items: [{ id: "a", label: "  " }] }),
      ["nodes[menu].settings.items[a].label: Too small: expected string to have >=1 characters"],
    ],
    [
      "a variable name with a dot",
      withMenu({ saveTo: "flow.x" }),
      ["nodes[menu].settings.saveTo: must be a lower-case name such as order_number"],
    ],
    [
      "a start that is none",
      flowWith({ start: "menu" }),
      ["nodes[start]: is a second start node", 'start: "menu" is no start node'],
    ],
    [
      "a missing start",
      flowWith({ start: "x" }),
      ["nodes[start]: is a second start node", 'start: "x" is no start node'],
    ],
    [
      "an id taken twice",
      flowWith({ nodes: [start, menu, menu, people] }),
      ['nodes[menu].id: "menu" is the id of another node too'],
    ],
    [
      "an id of the prototype",
      flowWith({ nodes: [start, menu, people, { ...people, id: "__proto__" }] }),
      ["nodes[__proto__].id: must be letters, digits, - and _, at most 40"],
    ],
    [
      "an edge from nowhere",
      flowWith({ edges: [{ from: "x", exit: "next", to: "menu" }] }),
      ['edges[0].from: "x" is no node'],
    ],
    [
      "an edge to nowhere",
      flowWith({ edges: [{ from: "start", exit: "next", to: "x" }] }),
      ['edges[0].to: "x" is no node'],
    ],
    [
      "an edge by no exit",
      flowWith({ edges: [{ from: "menu", exit: "next", to: "gente" }] }),
      ['edges[0].exit: "menu" has no exit "next"'],
    ],
    [
      "two edges by one exit",
      flowWith({
        edges: [
          { from: "menu", exit: "else", to: "gente" },
          { from: "menu", exit: "else", to: "menu" },
        ],
      }),
      ['edges[1]: the exit "else" of "menu" leads somewhere else too'],
    ],
    [
      "a command to nowhere",
      flowWith({ commands: [{ words: ["info"], action: { kind: "goto", node: "x" } }] }),
      ['commands[0].action.node: "x" is no node'],
    ],
    [
      "a wait of a year",
      flowWith({ settings: { noAnswerAfterSeconds: 31_536_000 } }),
      ["settings.noAnswerAfterSeconds: Too big: expected number to be <=2592000"],
    ],
  ])("refuses %s", (_, input, problems) => {
    expect(problemsOf(input)).toEqual(problems);
  });

  it("takes an exit of a choice from a variable", () => {
    const settings = { body: "Elegí un turno", itemsFrom: "flow.turnos" };
    const edges = [{ from: "menu", exit: "chosen", to: "gente" }];
    expect(problemsOf(flowWith({ nodes: [start, people, { ...menu, settings }], edges }))).toEqual([]);
  });
});
