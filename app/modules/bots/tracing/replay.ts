import type { Answer } from "../answers/match-answer";
import type { Flow } from "../flow";
import { perform } from "../simulator/perform";
import { newSimulation } from "../simulator/simulation";
import type { Situation } from "../simulator/situation";

/** One message of a customer, and what the bot said to it then, up to the next one. */
export type RealTurn = { at: string; words: string; answer: Answer; said: string[] };

export type ReplayedTurn = {
  at: string;
  words: string;
  /** What the bot said then, and what it would say now. */
  was: string[];
  now: string[];
  same: boolean;
};

const secondsBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/**
 * Plays what a customer really wrote, at the times at which they wrote it, on another state of the flow. Pure. The server's
 * work is answered by the situation's stubs; without one the node waits until its time is over.
 */
export function replay(flow: Flow, situation: Situation, turns: readonly RealTurn[]): ReplayedTurn[] {
  const [first] = turns;
  if (!first) return [];
  let simulation = newSimulation(flow, { ...situation, startsAt: first.at });
  return turns.map((turn, i) => {
    const from = simulation.lines.length;
    simulation = perform(simulation, { do: "say", answer: turn.answer });
    const next = turns[i + 1];
    const seconds = next ? secondsBetween(simulation.now, next.at) : 0;
    if (seconds > 0) simulation = perform(simulation, { do: "wait", seconds });
    const now = simulation.lines.slice(from).flatMap((line) => (line.from === "bot" ? [line.text] : []));
    const same = JSON.stringify(now) === JSON.stringify(turn.said);
    return { at: turn.at, words: turn.words, was: turn.said, now, same };
  });
}
