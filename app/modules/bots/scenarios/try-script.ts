import type { Flow } from "../flow";
import { perform } from "../simulator/perform";
import { newSimulation } from "../simulator/simulation";
import { heardIn } from "./heard";
import type { Expected, Script } from "./script";

/** Where the bot said something else than it must. `step` counts from 1; `seconds` is how long was waited, if that was it. */
export type ScenarioDifference = { step: number; did: string; seconds?: number; expected: Expected; got: Expected };

const same = (a: Expected, b: Expected) => JSON.stringify(a) === JSON.stringify(b);

type Step = Script["steps"][number];

/** What was done, in short. */
const didOf = (step: Step): string => {
  if (step.do === "say") return step.answer.text ?? step.answer.kind;
  return step.do === "wait" ? `+${step.seconds} s` : "";
};

/** Plays a scenario on a flow; where it differs, empty when the bot says all that it must and no more. Pure. */
export function tryScript(flow: Flow, { situation, steps }: Script): ScenarioDifference[] {
  let simulation = newSimulation(flow, situation);
  return steps.flatMap((step, i): ScenarioDifference[] => {
    const before = simulation.lines.length;
    simulation = perform(simulation, step);
    if (!("expect" in step)) return [];
    const got = heardIn(simulation.lines.slice(before));
    if (same(got, step.expect)) return [];
    const waited = step.do === "wait" && { seconds: step.seconds };
    return [{ step: i + 1, did: didOf(step), ...waited, expected: step.expect, got }];
  });
}
