import type { Json } from "../wording/json";
import type { NodeKind, nodeKinds } from "./kinds";

/** Kinds of node that ask the server for work; one without a runner below is a type error. */
export type ServerNodeKind = {
  [K in NodeKind]: (typeof nodeKinds)[K] extends { place?: "server" } ? K : never;
}[NodeKind];

/** Does what a `call` effect asks; its answer comes back to the run as a `result` event. */
export type NodeRunner = (input: Json, scope: { orgId: string; conversationId: string }) => Promise<Json>;

export const runners: Record<ServerNodeKind, NodeRunner> = {};
