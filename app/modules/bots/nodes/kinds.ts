import { agentsNode } from "./agents/agents-node";
import { aiAnswerNode } from "./ai_answer/ai-answer-node";
import { askNode } from "./ask/ask-node";
import { callFlowNode } from "./call_flow/call-flow-node";
import { cardNode } from "./card/card-node";
import { choiceNode } from "./choice/choice-node";
import { closeNode } from "./close/close-node";
import { conditionNode } from "./condition/condition-node";
import type { NodeDefinition } from "./define-node";
import { faqNode } from "./faq/faq-node";
import { handoffNode } from "./handoff/handoff-node";
import { hoursNode } from "./hours/hours-node";
import { httpNode } from "./http/http-node";
import { jumpNode } from "./jump/jump-node";
import { mediaNode } from "./media/media-node";
import { noteNode } from "./note/note-node";
import { setNode } from "./set/set-node";
import { splitNode } from "./split/split-node";
import { startNode } from "./start/start-node";
import { textNode } from "./text/text-node";
import { updateNode } from "./update/update-node";
import { waitNode } from "./wait/wait-node";

/** Every kind of node. A new one is a folder beside this file and one line here. */
export const nodeKinds = {
  start: startNode,
  text: textNode,
  media: mediaNode,
  card: cardNode,
  choice: choiceNode,
  ask: askNode,
  condition: conditionNode,
  hours: hoursNode,
  agents: agentsNode,
  split: splitNode,
  set: setNode,
  update: updateNode,
  wait: waitNode,
  note: noteNode,
  jump: jumpNode,
  http: httpNode,
  faq: faqNode,
  ai_answer: aiAnswerNode,
  call_flow: callFlowNode,
  handoff: handoffNode,
  close: closeNode,
} satisfies Record<string, NodeDefinition<unknown>>;

export type NodeKind = keyof typeof nodeKinds;
