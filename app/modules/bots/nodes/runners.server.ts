import type { Json } from "../wording/json";
import { runAi } from "./ai_answer/run-ai.server";
import { runFaq } from "./faq/run-faq.server";
import { runHttp } from "./http/run-http.server";
import type { NodeKind, nodeKinds } from "./kinds";

/** Kinds of node that ask the server for work; one without a runner below is a type error. */
export type ServerNodeKind = {
  [K in NodeKind]: (typeof nodeKinds)[K] extends { place?: "server" } ? K : never;
}[NodeKind];

/** `key` names this work for ever: the same at its repetition. */
export type CallScope = { orgId: string; conversationId: string; key: string };

/**
 * Does what a `call` effect asks, outside of any transaction; its answer comes back to the run as a `result` event, and is
 * written into the run. What goes wrong is answered as `{ error }`, which the node takes for its `error` exit.
 */
export type NodeRunner = (input: Json, scope: CallScope) => Promise<Json>;

export const runners: Record<ServerNodeKind, NodeRunner> = { http: runHttp, faq: runFaq, ai_answer: runAi };
