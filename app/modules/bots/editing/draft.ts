import { z } from "zod";
import { checkGraph, type Flow, type FlowNode, flowShape } from "../flow";
import { type NodeKind, nodeKinds } from "../nodes/kinds";
import { completeValue, settingsSchemaOf } from "./complete-settings";
import { type Problem, problemOf } from "./problem";

/** The longest settings of one node, in characters of JSON. */
const LONGEST_SETTINGS = 200_000;

const kinds = Object.keys(nodeKinds) as [NodeKind, ...NodeKind[]];
const id = flowShape.shape.start;
const { position } = flowShape.shape.notes.unwrap().element.shape;

const jsonObject = z
  .record(z.string(), z.json())
  .refine((value) => JSON.stringify(value).length <= LONGEST_SETTINGS, "is too long");

/**
 * A flow as it is while people draw it: whole as a graph, whatever its settings say. Strict: an unknown key is an error.
 */
export const draftSchema = z
  .strictObject({
    schema: z.literal(1),
    name: z.string().trim().min(1).max(100),
    start: id,
    nodes: z
      .array(
        z.strictObject({
          id,
          kind: z.enum(kinds),
          title: z.string().max(100).default(""),
          position,
          settings: jsonObject.default({}),
        }),
      )
      .min(1)
      .max(500),
    edges: z
      .array(z.strictObject({ from: id, exit: z.string().min(1).max(40), to: id }))
      .max(5000)
      .default([]),
    commands: z.array(jsonObject).max(50).default([]),
    settings: jsonObject.default({}),
    notes: flowShape.shape.notes,
  })
  .superRefine((draft, context) => {
    const report = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    const nodes = new Map(draft.nodes.map((node) => [node.id, node]));
    if (nodes.size < draft.nodes.length) report(["nodes"], "have an id twice");
    if (nodes.get(draft.start)?.kind !== "start") report(["start"], `"${draft.start}" is no start node`);
    if (draft.nodes.filter(({ kind }) => kind === "start").length > 1) report(["nodes"], "have two starts");
    if (draft.edges.some(({ from, to }) => !nodes.has(from) || !nodes.has(to))) report(["edges"], "lead nowhere");
    if (new Set(draft.edges.map(({ from, exit }) => `${from} ${exit}`)).size < draft.edges.length)
      report(["edges"], "have an exit twice");
    if (new Set(draft.notes.map((note) => note.id)).size < draft.notes.length) report(["notes"], "have an id twice");
  });

export type Draft = z.output<typeof draftSchema>;
export type DraftNode = Draft["nodes"][number];
export type DraftEdge = Draft["edges"][number];
export type DraftNote = Draft["notes"][number];
export type Settings = DraftNode["settings"];

/** What keeps a draft from being a flow. */
export type DraftProblem = Problem & {
  /** Null for what is of the whole flow. */
  node: string | null;
};

type ReadNode = { ok: true; node: FlowNode } | { ok: false; problems: DraftProblem[] };
const readNodes = new WeakMap<DraftNode, ReadNode>();

/** A node of a draft read strictly; once for each node object, since drafts are never changed in place. */
export function readDraftNode(node: DraftNode): ReadNode {
  const known = readNodes.get(node);
  if (known) return known;
  const parsed = nodeKinds[node.kind].settings.safeParse(node.settings);
  const read: ReadNode = parsed.success
    ? // The settings have just been read by the definition of the node's own kind.
      { ok: true, node: { ...node, settings: parsed.data } as FlowNode }
    : { ok: false, problems: parsed.error.issues.map((issue) => ({ node: node.id, ...problemOf(issue) })) };
  readNodes.set(node, read);
  return read;
}

const lenientNodes = new WeakMap<DraftNode, FlowNode>();

/**
 * A node as its kind would have it, for what is drawn and warned of while it is incomplete: read strictly where that
 * goes, else with everything missing put in.
 */
export function lenientNode(node: DraftNode): FlowNode {
  const known = lenientNodes.get(node);
  if (known) return known;
  const read = readDraftNode(node);
  const schema = settingsSchemaOf(node.kind);
  const lenient = read.ok
    ? read.node
    : ({ ...node, settings: completeValue(schema, node.settings, schema) } as FlowNode);
  lenientNodes.set(node, lenient);
  return lenient;
}

/** The flow that a draft is, or what is missing in it, node by node. Never throws. */
export function readDraft(draft: Draft): { ok: true; flow: Flow } | { ok: false; problems: DraftProblem[] } {
  const shape = flowShape.shape;
  const rest = {
    commands: shape.commands.safeParse(draft.commands),
    settings: shape.settings.safeParse(draft.settings),
  };
  const nodes = draft.nodes.map(readDraftNode);
  const { commands, settings } = { commands: rest.commands.data, settings: rest.settings.data };
  const read = nodes.flatMap((one) => (one.ok ? [one.node] : []));
  if (read.length === nodes.length && commands && settings) {
    const flow: Flow = { ...draft, nodes: read, commands, settings };
    const problems: DraftProblem[] = [];
    checkGraph(flow, (path, message) =>
      problems.push(inFlow(draft, problemOf({ code: "custom", path, message, input: null }))),
    );
    return problems.length > 0 ? { ok: false, problems } : { ok: true, flow };
  }
  const ofRest = Object.entries(rest).flatMap(([name, { error }]) =>
    (error?.issues ?? []).map((issue) => {
      const { path, message } = problemOf(issue);
      return { node: null, path: [name, ...path], message };
    }),
  );
  return { ok: false, problems: [...nodes.flatMap((one) => (one.ok ? [] : one.problems)), ...ofRest] };
}

/** A problem of the whole, said of the node where it is. */
function inFlow(draft: Draft, { path, message }: Problem): DraftProblem {
  const [part, at, ...rest] = path;
  const node =
    part === "nodes" ? draft.nodes[Number(at)]?.id : part === "edges" ? draft.edges[Number(at)]?.from : undefined;
  return node === undefined ? { node: null, path, message } : { node, path: part === "edges" ? [] : rest, message };
}
