export type { Answer } from "./answers/match-answer";
export {
  type BotContent,
  type ChoiceItem,
  type CloseEffect,
  type CloseReason,
  type CollectedAnswer,
  type Effect,
  type HandoffEffect,
  type HandoffReason,
  newRun,
  type RunEvent,
  type RunState,
  type StepEnv,
  type StepResult,
  type TraceEntry,
} from "./engine/run";
export { step } from "./engine/step";
export { answerLines } from "./engine/summary";
export {
  exitsOf,
  type Flow,
  type FlowCommand,
  type FlowInput,
  type FlowNode,
  type FlowProblem,
  flowSchema,
  parseFlow,
} from "./flow";
export { flowJsonSchema } from "./flow-json-schema";
export { type LintProblem, lintFlow, lintRows } from "./lint/lint-flow";
export type { LintContext, Severity } from "./lint/rule";
export { type LintRuleId, lintRules } from "./lint/rules";
export type { NodeFamily, Reference } from "./nodes/define-node";
export { type FoundReference, listReferences, mapReferences } from "./nodes/flow-references";
export { type NodeKind, nodeKinds } from "./nodes/kinds";
export { type Opening, startMatches } from "./nodes/start/start-node";
export { type RenderedChoice, renderChoice, renderContent } from "./rendering/render-choice";
export { welcomeFlow } from "./starters/welcome";
export type { Json } from "./wording/json";
