import type { Flow, FlowNode } from "../flow";
import type { Json } from "../wording/json";

/** One value that differs; undefined where there is none. `path` is the author's: `items.ventas.label`. */
export type FieldDifference = { path: string; before: Json | undefined; after: Json | undefined };

export type NodeDifference = {
  id: string;
  kind: FlowNode["kind"];
  title: string;
  change: "added" | "removed" | "changed";
  /** What differs within; of a node that is new or gone, all that it says. */
  fields: FieldDifference[];
};

/** Where an exit leads; null where it leads nowhere. */
export type EdgeDifference = { from: string; exit: string; before: string | null; after: string | null };

export type FlowDifference = {
  nodes: NodeDifference[];
  edges: EdgeDifference[];
  /** By the command's place and first word. */
  commands: FieldDifference[];
  /** The flow's name and settings. */
  settings: FieldDifference[];
};

type Tree = { [key: string]: Json };

/** Lists whose entries have ids are compared by them, so that an item that moved is not all items changed. */
function keyed(list: readonly Json[]): Tree | null {
  const ids = list.map((entry) => (isTree(entry) && typeof entry.id === "string" ? entry.id : null));
  if (ids.includes(null) || new Set(ids).size < ids.length) return null;
  return Object.fromEntries(list.map((entry, i) => [ids[i] as string, entry]));
}

const isTree = (value: Json | undefined): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value whose parts can be compared one by one. */
function partsOf(value: Json | undefined): Tree | null {
  if (Array.isArray(value)) return value.some(isTree) ? (keyed(value) ?? Object.fromEntries(value.entries())) : null;
  return isTree(value) ? value : null;
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The entries of two lists in their order, where the same ones stand in another. */
function movedBetween(before: Json | undefined, after: Json | undefined, path: string): FieldDifference[] {
  const [a, b] = [before, after].map((list) => Object.keys((Array.isArray(list) && keyed(list)) || {}));
  if (!a || !b || same(a, b) || !same([...a].sort(), [...b].sort())) return [];
  return [{ path, before: a, after: b }];
}

function fieldsBetween(before: Json | undefined, after: Json | undefined, path = ""): FieldDifference[] {
  if (same(before, after)) return [];
  const [a, b] = [partsOf(before), partsOf(after)];
  const comparable = (a || before === undefined) && (b || after === undefined);
  if (!comparable) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  const inner = keys.flatMap((key) => fieldsBetween(a?.[key], b?.[key], path === "" ? key : `${path}.${key}`));
  return [...movedBetween(before, after, path), ...inner];
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** What of a node its bot goes by: where it stands on the canvas is none of it. */
const contentOf = ({ title, settings }: FlowNode): Json => asJson({ title, ...settings });

function nodesBetween(before: Flow, after: Flow): NodeDifference[] {
  const earlier = new Map(before.nodes.map((node) => [node.id, node]));
  const later = new Map(after.nodes.map((node) => [node.id, node]));
  const named = ({ id, kind, title }: FlowNode) => ({ id, kind, title });
  const all = [...after.nodes, ...before.nodes.filter(({ id }) => !later.has(id))];
  return all.flatMap((node): NodeDifference[] => {
    const [was, is] = [earlier.get(node.id), later.get(node.id)];
    const fields = fieldsBetween(was && contentOf(was), is && contentOf(is));
    if (!was) return [{ ...named(node), change: "added", fields }];
    if (!is) return [{ ...named(node), change: "removed", fields }];
    if (was.kind !== is.kind) fields.unshift({ path: "kind", before: was.kind, after: is.kind });
    return fields.length > 0 ? [{ ...named(is), change: "changed", fields }] : [];
  });
}

function edgesBetween(before: Flow, after: Flow): EdgeDifference[] {
  const place = ({ from, exit }: { from: string; exit: string }) => `${from} ${exit}`;
  const earlier = new Map(before.edges.map((edge) => [place(edge), edge.to]));
  const later = new Map(after.edges.map((edge) => [place(edge), edge.to]));
  const all = new Map([...after.edges, ...before.edges].map((edge) => [place(edge), edge]));
  return [...all].flatMap(([at, { from, exit }]) => {
    const [was, is] = [earlier.get(at) ?? null, later.get(at) ?? null];
    return was === is ? [] : [{ from, exit, before: was, after: is }];
  });
}

const commandsOf = (flow: Flow): Json =>
  asJson(flow.commands.map((command) => ({ id: command.words[0] ?? "", ...command })));

/**
 * What makes two states of a flow behave differently, or read so to those who edit. Pure; empty lists where nothing does.
 * Positions and sticky notes are none of it.
 */
export const differenceOf = (before: Flow, after: Flow): FlowDifference => ({
  nodes: nodesBetween(before, after),
  edges: edgesBetween(before, after),
  commands: fieldsBetween(commandsOf(before), commandsOf(after)),
  settings: fieldsBetween(
    asJson({ name: before.name, ...before.settings }),
    asJson({ name: after.name, ...after.settings }),
  ),
});

/** True when nothing differs. */
export const isSame = ({ nodes, edges, commands, settings }: FlowDifference): boolean =>
  nodes.length + edges.length + commands.length + settings.length === 0;
