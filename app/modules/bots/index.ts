export type { AiEndpoint } from "./ai/endpoint-fields";
export { STARTER_IDS } from "./drafts/starters";
export {
  differenceOf,
  type EdgeDifference,
  type FieldDifference,
  type FlowDifference,
  isSame,
  type NodeDifference,
} from "./editing/difference";
export { type Draft, readDraft } from "./editing/draft";
export type { NodeWords } from "./editing/node-words";
export type { AnswerFields, FaqAnswer } from "./faq/answer-fields";
export { FAQ_DEFAULTS } from "./faq/faq-defaults";
export type { FlowFigures, NodeFigures } from "./figures/figures";
export { type Flow, parseFlow } from "./flow";
export { type LintProblem, lintFlow, lintRows } from "./lint/lint-flow";
export type { Secret } from "./secrets/secret-fields";
export { outputOf } from "./simulator/server-answer";
