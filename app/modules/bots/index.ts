export { type Flow, parseFlow } from "./flow";
export { lintFlow, lintRows } from "./lint/lint-flow";
