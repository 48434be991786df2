import { aiAnswerNode } from "./ai_answer/ai-answer-node";
import { callFlowNode } from "./call_flow/call-flow-node";
import { choiceNode } from "./choice/choice-node";
import { closeNode } from "./close/close-node";
import type { NodeDefinition } from "./define-node";
import { faqNode } from "./faq/faq-node";
import { handoffNode } from "./handoff/handoff-node";
import { httpNode } from "./http/http-node";
import { startNode } from "./start/start-node";
import { textNode } from "./text/text-node";

/** Every kind of node. A new one is a folder beside this file and one line here. */
export const nodeKinds = {
  start: startNode,
  text: textNode,
  choice: choiceNode,
  http: httpNode,
  faq: faqNode,
  ai_answer: aiAnswerNode,
  call_flow: callFlowNode,
  handoff: handoffNode,
  close: closeNode,
} satisfies Record<string, NodeDefinition<unknown>>;

export type NodeKind = keyof typeof nodeKinds;
