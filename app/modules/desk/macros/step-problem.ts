import { VARIABLES } from "../replies/fill-variables";
import type { MacroStep } from "./macro-step";

/** What is wrong with a macro's steps: a code, and at which step, from 1; 0 where it is all of them. */
export type StepsProblem = { code: "steps_invalid" | "close_comes_last" | "variable_unknown"; step: number };

const NAMED = /\{\{\s*([^{}\s]*)\s*\}\}/g;

/** What could be done with no ticket; null where there is nothing of it. */
export function problemOf(steps: readonly MacroStep[]): StepsProblem | null {
  for (const [at, step] of steps.entries()) {
    // With a closed ticket nothing more is done.
    if (step.do === "close" && at < steps.length - 1) return { code: "close_comes_last", step: at + 1 };
    if (isEmpty(step)) return { code: "steps_invalid", step: at + 1 };
    if (!("text" in step)) continue;
    const named = [...step.text.matchAll(NAMED)].map(([, name]) => name);
    if (named.some((name) => !VARIABLES.some((known) => known === name)))
      return { code: "variable_unknown", step: at + 1 };
  }
  return null;
}

/** It does not say with what. */
function isEmpty(step: MacroStep): boolean {
  if ("text" in step) return step.text.trim() === "";
  if ("tags" in step) return step.tags.length === 0;
  if (step.do === "assign") return step.member_id === "";
  return step.do === "transfer" && step.area_id === "";
}
