import { definitionOf, exitsOf, type Flow, type FlowNode, LONGEST_COMPILED_ID, MOST_COMPILED_NODES } from "../flow";
import { ENTERED, RETURNED } from "../nodes/call_flow/call-flow-node";

const DEEPEST = 5;

export type CompileProblem = {
  /** The node of the flow itself, however deep the trouble lies. */
  node: string;
  problem: "unknown_flow" | "cycle" | "too_deep" | "too_large" | "id_too_long";
  /** The called flow, as the node that calls it names it. */
  flow: string;
};

/** A flow that can be called, by its id or its name; null when there is none such. */
export type LoadFlow = (named: string) => Promise<{ id: string; flow: Flow } | null>;

type Piece = Pick<Flow, "nodes" | "edges">;
type CallNode = Extract<FlowNode, { kind: "call_flow" }>;

class NotCompiled extends Error {
  constructor(readonly found: Omit<CompileProblem, "node">) {
    super(found.problem);
  }
}

const isCall = (node: FlowNode): node is CallNode => node.kind === "call_flow";

/** The nodes of a flow under ids that begin with `prefix`; settings that name nodes of it name them anew. */
function renamed({ nodes, edges }: Piece, prefix: string): Piece {
  const rename = (id: string) => prefix + id;
  return {
    nodes: nodes.map((node) => {
      const { mapNodes } = definitionOf(node);
      const settings = mapNodes ? mapNodes(node.settings, rename) : node.settings;
      return { ...node, id: rename(node.id), settings } as FlowNode;
    }),
    edges: edges.map(({ from, exit, to }) => ({ from: rename(from), exit, to: rename(to) })),
  };
}

/** Every exit that leads nowhere leads to `target` from now on; without one it stays as it is. */
function loose({ nodes, edges }: Piece, target: string | undefined): Piece["edges"] {
  if (target === undefined) return [];
  const taken = new Set(edges.map(({ from, exit }) => `${from} ${exit}`));
  return nodes.flatMap((node) =>
    [...exitsOf(node).map(({ id }) => id), ...(isCall(node) ? [ENTERED] : [])].flatMap((exit) =>
      taken.has(`${node.id} ${exit}`) ? [] : [{ from: node.id, exit, to: target }],
    ),
  );
}

/** A called flow without its start, which says only when a conversation begins with it; what led there leads past it. */
function withoutStart({ nodes, edges, start }: Flow): { piece: Piece; first: string | undefined } {
  const first = edges.find(({ from }) => from === start)?.to;
  const kept = edges.filter(({ from, to }) => from !== start && (to !== start || first !== undefined));
  const past = kept.map((edge) => (edge.to === start && first !== undefined ? { ...edge, to: first } : edge));
  return { piece: { nodes: nodes.filter(({ id }) => id !== start), edges: past }, first };
}

/** @throws NotCompiled */
async function inlineCall(call: CallNode, target: string | undefined, load: LoadFlow, path: string[]): Promise<Piece> {
  const named = call.settings.flow;
  const refuse = (problem: CompileProblem["problem"]) => new NotCompiled({ problem, flow: named });
  const called = await load(named);
  if (!called) throw refuse("unknown_flow");
  if (path.includes(called.id)) throw refuse("cycle");
  if (path.length > DEEPEST) throw refuse("too_deep");
  const { piece: own, first } = withoutStart(called.flow);
  const piece = renamed(await inlineCalls(own, load, [...path, called.id]), `${call.id}__`);
  if (piece.nodes.some(({ id }) => id.length > LONGEST_COMPILED_ID)) throw refuse("id_too_long");
  const entry = first === undefined ? target : `${call.id}__${first}`;
  return {
    nodes: piece.nodes,
    edges: [
      ...(entry === undefined ? [] : [{ from: call.id, exit: ENTERED, to: entry }]),
      ...piece.edges,
      ...loose(piece, target),
    ],
  };
}

/** @throws NotCompiled */
async function inlineCalls(flow: Piece, load: LoadFlow, path: string[]): Promise<Piece> {
  const nodes = [...flow.nodes];
  const edges = [...flow.edges];
  for (const call of flow.nodes.filter(isCall)) {
    const target = flow.edges.find(({ from, exit }) => from === call.id && exit === RETURNED)?.to;
    const piece = await inlineCall(call, target, load, path);
    nodes.push(...piece.nodes);
    edges.push(...piece.edges);
    if (nodes.length > MOST_COMPILED_NODES) throw new NotCompiled({ problem: "too_large", flow: call.settings.flow });
  }
  return { nodes, edges };
}

/**
 * What runs of a flow: the nodes of every flow that it calls stand in it, as those flows are published now, under ids
 * `<call>__<id>`. Where an exit of a called flow leads nowhere, it leads to what follows the call. Commands and settings
 * are the calling flow's; variables are shared. The same object comes back for a flow that calls none.
 * @param load finds called flows, each once for every call
 * @param self the flow's own id, by which a flow that calls itself is found out
 */
export async function compileFlow(
  flow: Flow,
  load: LoadFlow,
  self = "",
): Promise<{ ok: true; flow: Flow } | { ok: false; problems: CompileProblem[] }> {
  const calls = flow.nodes.filter(isCall);
  if (calls.length === 0) return { ok: true, flow };
  const problems: CompileProblem[] = [];
  const pieces: Piece[] = [];
  for (const call of calls) {
    const target = flow.edges.find(({ from, exit }) => from === call.id && exit === RETURNED)?.to;
    try {
      pieces.push(await inlineCall(call, target, load, [self]));
    } catch (error) {
      if (!(error instanceof NotCompiled)) throw error;
      problems.push({ node: call.id, ...error.found });
    }
  }
  const nodes = [...flow.nodes, ...pieces.flatMap((piece) => piece.nodes)];
  const last = calls.at(-1);
  if (problems.length === 0 && last && nodes.length > MOST_COMPILED_NODES) {
    problems.push({ node: last.id, problem: "too_large", flow: last.settings.flow });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, flow: { ...flow, nodes, edges: [...flow.edges, ...pieces.flatMap((piece) => piece.edges)] } };
}
