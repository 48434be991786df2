import { definitionOf, type Flow, type FlowNode } from "../flow";
import type { NodeContext, NodeInput, Outcome } from "../nodes/define-node";
import { type Json, own } from "../wording/json";
import { fillText, type Variables } from "../wording/variables";
import { type FlowIndex, flowIndex } from "./flow-index";
import type { Effect, RunState, StepEnv, TraceEntry } from "./run";

/**
 * One event on its way through a flow; it lives only while `step` runs. `state` is its own copy, whose fields are
 * replaced and never changed within, since the run before shares them.
 */
export type Walk = {
  readonly flow: Flow;
  readonly index: FlowIndex;
  readonly env: StepEnv;
  readonly event: string;
  readonly state: RunState;
  effects: Effect[];
  trace: TraceEntry[];
  /** What this event has changed of the contact and the ticket. */
  news: { contact: { [name: string]: Json }; ticket: { [name: string]: Json } };
  steps: number;
  draws: number;
};

export function newWalk(flow: Flow, state: RunState, event: string, env: StepEnv): Walk {
  const fresh = { effects: [], trace: [], news: { contact: {}, ticket: {} }, steps: 0, draws: 0 };
  return { flow, index: flowIndex(flow), env, event, state: { ...state }, ...fresh };
}

export function change(walk: Walk, changes: Partial<RunState>): void {
  Object.assign(walk.state, changes);
}

export function note(
  walk: Walk,
  what: TraceEntry["what"],
  node: string | null,
  detail: { [name: string]: Json } = {},
): void {
  walk.trace.push({ at: walk.env.now, node, what, detail });
}

/** Ends the waiting: nothing that comes for it later is heard. */
export function stopWaiting(walk: Walk): void {
  const timer = walk.state.waiting?.timer;
  if (timer) walk.effects.push({ type: "cancel_timer", timer });
  if (walk.state.waiting) change(walk, { waiting: null });
}

/** Spreads the environment's one number over as many draws as are asked for (Weyl sequence). */
function draw(walk: Walk): number {
  const golden = 0.6180339887498949;
  return (walk.env.random + walk.draws++ * golden) % 1;
}

export function variablesOf(walk: Walk): Variables {
  const { variables, channel, now } = walk.env;
  return {
    contact: { ...variables.contact, ...walk.news.contact },
    ticket: { ...variables.ticket, ...walk.news.ticket },
    org: variables.org ?? {},
    system: { ...variables.system, channel, now },
    flow: walk.state.variables,
  };
}

function contextOf(walk: Walk, node: FlowNode, kept: Json): NodeContext {
  const variables = variablesOf(walk);
  return {
    node: node.id,
    flow: walk.flow.settings,
    env: walk.env,
    texts: walk.index.texts,
    variables,
    fill: (text) => fillText(text, variables),
    visit: own(walk.state.visits, node.id) ?? 0,
    attempts: own(walk.state.attempts, node.id) ?? 0,
    heard: walk.state.heard ?? "",
    kept,
    random: () => draw(walk),
  };
}

/** @throws when a state names a node that its version does not have, which ends in the hands of people */
function nodeOf(walk: Walk, id: string): FlowNode {
  const node = walk.index.node(id);
  if (!node) throw new Error(`the flow has no node ${id}`);
  return node;
}

/** What a node does when the run comes to it. */
export function enterNode(walk: Walk, id: string): Outcome {
  const node = nodeOf(walk, id);
  const visit = own(walk.state.visits, id) ?? 0;
  const outcome = definitionOf(node).enter(node.settings, contextOf(walk, node, null));
  note(walk, "entered", id, { visit, ...outcome.detail });
  change(walk, {
    node: id,
    visits: { ...walk.state.visits, [id]: visit + 1 },
    ...(own(walk.state.attempts, id) && { attempts: { ...walk.state.attempts, [id]: 0 } }),
  });
  return outcome;
}

/** What the waiting node does with what came for it. */
export function receiveAtNode(walk: Walk, id: string, input: NodeInput): Outcome {
  const node = nodeOf(walk, id);
  const definition = definitionOf(node);
  if (!definition.receive) throw new Error(`a ${node.kind} node waits for nothing`);
  return definition.receive(node.settings, input, contextOf(walk, node, walk.state.waiting?.kept ?? null));
}

/** Whether a message is surely meant for the waiting node, even if it is a command's word too. */
export function isClaimed(walk: Walk, id: string, input: Extract<NodeInput, { type: "answer" }>): boolean {
  const node = nodeOf(walk, id);
  const definition = definitionOf(node);
  const context = contextOf(walk, node, walk.state.waiting?.kept ?? null);
  return definition.claims?.(node.settings, input.answer, context) ?? false;
}
