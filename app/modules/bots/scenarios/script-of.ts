import type { Deed, Simulation } from "../simulator/simulation";
import { heardIn } from "./heard";
import { MOST_STEPS, type Script, type ScriptStep } from "./script";

function stepOf(deed: Deed, expect: ReturnType<typeof heardIn>): ScriptStep | null {
  switch (deed.do) {
    case "say":
      return { do: "say", answer: { ...deed.answer }, expect };
    case "wait":
      return { do: "wait", seconds: deed.seconds, expect };
    case "set":
    case "change":
      return deed as ScriptStep;
    case "stub":
    case "answer":
      return null;
  }
}

/**
 * A simulated conversation as a scenario: what was done, and what the bot said to it as what it must say. The server's
 * answers, by hand or not, become stubs. Null where nothing was done, or more than a scenario holds.
 * @param begun what the simulation was begun with
 */
export function scriptOf(simulation: Simulation, begun: Simulation["situation"]): Script | null {
  const { deeds, lines, answers } = simulation;
  const steps: ScriptStep[] = [];
  for (const [i, { deed, lines: from }] of deeds.entries()) {
    const heard = heardIn(lines.slice(from, deeds[i + 1]?.lines));
    const step = stepOf(deed, heard);
    if (step) steps.push(step);
    // What the bot says to a result of the server belongs to what asked for it.
    const last = steps.findLast((one) => "expect" in one);
    if (!step && last && "expect" in last)
      last.expect = { says: [...last.expect.says, ...heard.says], ends: heard.ends ?? last.expect.ends };
  }
  if (steps.length === 0 || steps.length > MOST_STEPS) return null;
  const stubs = Object.fromEntries(Object.entries(answers).map(([node, outputs]) => [node, [...outputs]]));
  return { schema: 1, situation: { ...begun, stubs: { ...begun.stubs, ...stubs } }, steps };
}
