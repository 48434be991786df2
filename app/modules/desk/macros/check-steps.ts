import type { MacroStep } from "./macro-step";
import { macroSteps } from "./macro-step-schema";
import { problemOf, type StepsProblem } from "./step-problem";

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
