import { z } from "zod";
import { flowSettingsSchema } from "./engine/flow-settings";
import type { Exit, NodeDefinition } from "./nodes/define-node";
import { areaReference, messageText } from "./nodes/fields";
import { type NodeKind, nodeKinds } from "./nodes/kinds";

const idOf = (longest: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${longest - 1}}$`),
      `must be letters, digits, - and _, at most ${longest}`,
    )
    .meta({ description: "Unique in the flow." });
const nodeId = idOf(40);
const coordinate = z.number().min(-1_000_000).max(1_000_000);
const position = z.strictObject({ x: coordinate, y: coordinate });

export type FlowNode = {
  [K in NodeKind]: {
    id: string;
    kind: K;
    /** The author's name for it; empty for none. */
    title: string;
    position: z.output<typeof position>;
    settings: z.output<(typeof nodeKinds)[K]["settings"]>;
  };
}[NodeKind];

const kindSchemas = (id: typeof nodeId) =>
  Object.entries(nodeKinds).map(([kind, definition]) =>
    z.strictObject({
      id,
      kind: z.literal(kind),
      title: z.string().max(100).default(""),
      position,
      settings: definition.settings,
    }),
  );

const unknownKind = `must be a node of a known kind: ${Object.keys(nodeKinds).join(", ")}`;

/** Built from the registry of kinds, so its type has to be said: the union over them. */
function nodeSchemaOf(id: typeof nodeId) {
  type Kind = ReturnType<typeof kindSchemas>[number];
  return z.discriminatedUnion("kind", kindSchemas(id) as [Kind, ...Kind[]], {
    error: (issue) => (issue.code === "invalid_union" ? unknownKind : undefined),
  }) as unknown as z.ZodType<FlowNode>;
}
const nodeSchema = nodeSchemaOf(nodeId);

const commandSchema = z
  .strictObject({
    words: z.array(z.string().trim().min(1).max(100)).min(1).max(50),
    action: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("handoff"),
        area: areaReference.nullable().default(null),
        message: messageText.nullable().default(null),
      }),
      z.strictObject({ kind: z.literal("restart") }),
      z.strictObject({ kind: z.literal("close"), message: messageText.nullable().default(null) }),
      z.strictObject({ kind: z.literal("goto"), node: nodeId }),
    ]),
    resume: z.boolean().default(false).meta({
      description: "After goto: whether the question that was interrupted is asked again at the detour's end.",
    }),
  })
  .meta({ description: "Words that work at any point. Words for a person always do, listed here or not." });

/** The form without what JSON Schema cannot say: ids that have to exist and to differ. */
export const flowShape = z.strictObject({
  schema: z.literal(1).meta({ description: "The version of this format." }),
  name: z.string().trim().min(1).max(100),
  start: nodeId.meta({ description: "The id of the start node." }),
  nodes: z.array(nodeSchema).min(1).max(500),
  edges: z
    .array(z.strictObject({ from: nodeId, exit: z.string().min(1).max(40), to: nodeId }))
    .max(5000)
    .default([])
    .meta({ description: "Which node follows by which exit; at most one for each exit." }),
  commands: z.array(commandSchema).max(50).default([]),
  settings: flowSettingsSchema.prefault({}),
  notes: z
    .array(z.strictObject({ id: nodeId, text: z.string().max(5000), position, color: z.string().max(20).default("") }))
    .max(200)
    .default([])
    .meta({ description: "Sticky notes for those who edit; the bot knows nothing of them." }),
});

export type Flow = z.output<typeof flowShape>;
export type FlowInput = z.input<typeof flowShape>;
export type FlowCommand = Flow["commands"][number];

/** The definition behind a node, which takes that node's settings. */
export const definitionOf = (node: FlowNode): NodeDefinition<unknown> => nodeKinds[node.kind];

export const exitsOf = (node: FlowNode): Exit[] => definitionOf(node).exits(node.settings);

type Report = (path: (string | number)[], message: string) => void;

function checkNodes(flow: Flow, report: Report): void {
  const seen = new Set<string>();
  for (const [i, node] of flow.nodes.entries()) {
    if (seen.has(node.id)) report(["nodes", i, "id"], `"${node.id}" is the id of another node too`);
    seen.add(node.id);
    if (node.kind === "start" && node.id !== flow.start) report(["nodes", i], "is a second start node");
  }
  if (flow.nodes.find((node) => node.id === flow.start)?.kind !== "start") {
    report(["start"], `"${flow.start}" is no start node`);
  }
}

function checkEdges(flow: Flow, report: Report): void {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const taken = new Set<string>();
  for (const [i, { from, exit, to }] of flow.edges.entries()) {
    const source = nodes.get(from);
    if (!source) report(["edges", i, "from"], `"${from}" is no node`);
    else if (!exitsOf(source).some(({ id }) => id === exit))
      report(["edges", i, "exit"], `"${from}" has no exit "${exit}"`);
    if (!nodes.has(to)) report(["edges", i, "to"], `"${to}" is no node`);
    if (taken.has(`${from} ${exit}`)) report(["edges", i], `the exit "${exit}" of "${from}" leads somewhere else too`);
    taken.add(`${from} ${exit}`);
  }
  for (const [i, { action }] of flow.commands.entries()) {
    if (action.kind === "goto" && !nodes.has(action.node))
      report(["commands", i, "action", "node"], `"${action.node}" is no node`);
  }
}

/** What of a graph no schema can say: ids that have to exist and to differ, exits that are there. */
export function checkGraph(flow: Flow, report: Report): void {
  checkNodes(flow, report);
  checkEdges(flow, report);
}

/**
 * A flow as it is stored, imported and exported. Strict: an unknown key is an error. Exits that lead nowhere are allowed
 * (a draft has them, and the engine's safe way takes over); edges that come from or lead to nowhere are not.
 */
export const flowSchema = flowShape.superRefine((flow, context) => {
  checkGraph(flow, (path, message) => context.addIssue({ code: "custom", path, message }));
});

/** A compiled flow has the nodes of the flows that it calls in it, whose ids tell the way to them. */
export const LONGEST_COMPILED_ID = 150;
export const MOST_COMPILED_NODES = 2000;

const compiledId = idOf(LONGEST_COMPILED_ID);

/** What runs: `compileFlow` made it out of flows that were each held to `flowSchema`. */
export const compiledFlowSchema = flowShape.extend({
  nodes: z.array(nodeSchemaOf(compiledId)).min(1).max(MOST_COMPILED_NODES),
  edges: z.array(z.strictObject({ from: compiledId, exit: z.string().min(1).max(40), to: compiledId })),
});

export type FlowProblem = { path: string; message: string };

/** A path that an author can follow: `nodes[menu].settings.items[ventas].label`, list entries by their id if they have one. */
function readablePath(input: unknown, path: readonly PropertyKey[]): string {
  let at = input;
  let text = "";
  for (const key of path) {
    const next: unknown = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
    const id: unknown = typeof next === "object" && next !== null ? Reflect.get(next, "id") : undefined;
    if (typeof key === "number") text += `[${typeof id === "string" && id !== "" ? id : key}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
    at = next;
  }
  return text;
}

/** Reads a flow's JSON, or says in English what is wrong with it and where. Never throws. */
export function parseFlow(input: unknown): { ok: true; flow: Flow } | { ok: false; problems: FlowProblem[] } {
  const parsed = flowSchema.safeParse(input);
  if (parsed.success) return { ok: true, flow: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: readablePath(input, path), message }));
  return { ok: false, problems };
}
