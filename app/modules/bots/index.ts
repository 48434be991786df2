export type { AiEndpoint } from "./ai/endpoint-fields";
export {
  differenceOf,
  type EdgeDifference,
  type FieldDifference,
  type FlowDifference,
  isSame,
  type NodeDifference,
} from "./editing/difference";
export type { AnswerFields, FaqAnswer } from "./faq/answer-fields";
export { FAQ_DEFAULTS } from "./faq/faq-defaults";
export { type Flow, parseFlow } from "./flow";
export { type LintProblem, lintFlow, lintRows } from "./lint/lint-flow";
export type { Secret } from "./secrets/secret-fields";
