import { VARIABLES } from "../replies/fill-variables";
import { type MacroStep, macroSteps } from "./macro-step";

/** What is wrong with a macro's steps: a code, and at which step, from 1; 0 where it is all of them. */
export type StepsProblem = { code: "steps_invalid" | "close_comes_last" | "variable_unknown"; step: number };

const NAMED = /\{\{\s*([^{}\s]*)\s*\}\}/g;

/** Reads steps as they are kept; what cannot be done with any ticket is refused before it is kept. */
export function readSteps(given: unknown): { steps: MacroStep[] } | { problem: StepsProblem } {
  const read = macroSteps.safeParse(given);
  if (!read.success) {
    const [at] = read.error.issues[0]?.path ?? [];
    return { problem: { code: "steps_invalid", step: typeof at === "number" ? at + 1 : 0 } };
  }
  const steps = read.data.map(clean);
  const problem = problemOf(steps);
  return problem ? { problem } : { steps };
}

const words = (text: string) => text.replaceAll("\u0000", "").toWellFormed().trim();

const clean = (step: MacroStep): MacroStep => {
  if ("text" in step) return { ...step, text: words(step.text) };
  if ("tags" in step) return { ...step, tags: [...new Set(step.tags.map(words))] };
  return step.do === "close" ? { ...step, reason: words(step.reason ?? "") || null } : step;
};

function problemOf(steps: readonly MacroStep[]): StepsProblem | null {
  for (const [at, step] of steps.entries()) {
    // With a closed ticket nothing more is done.
    if (step.do === "close" && at < steps.length - 1) return { code: "close_comes_last", step: at + 1 };
    if (!("text" in step)) continue;
    if (step.text === "") return { code: "steps_invalid", step: at + 1 };
    const named = [...step.text.matchAll(NAMED)].map(([, name]) => name);
    if (named.some((name) => !VARIABLES.some((known) => known === name)))
      return { code: "variable_unknown", step: at + 1 };
  }
  return null;
}
