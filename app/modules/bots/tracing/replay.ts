import type { Answer } from "../answers/match-answer";
import type { Flow } from "../flow";
import { perform } from "../simulator/perform";
import { newSimulation, type PendingCall, type Simulation, secondsToTimer } from "../simulator/simulation";
import type { Situation } from "../simulator/situation";
import type { Json } from "../wording/json";

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

/** What the server answers to a node's n-th question, from 0; null where that is not known. */
export type Answering = (call: PendingCall, nth: number) => Promise<Json>;

/** `unanswered` are the nodes whose server's work nobody knew the answer of: they waited until their time was over. */
export type Replay = { turns: ReplayedTurn[]; unanswered: PendingCall[] };

const secondsBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** As much of the server's work as a customer's message may bring about. */
const MOST_CALLS = 100;

/** Plays what a customer really wrote, at the times at which they wrote it, on another state of the flow. */
export async function replay(
  flow: Flow,
  situation: Situation,
  turns: readonly RealTurn[],
  answering: Answering,
): Promise<Replay> {
  const unanswered = new Map<string, PendingCall>();
  const replayed: ReplayedTurn[] = [];
  let simulation = newSimulation(flow, { ...situation, startsAt: turns[0]?.at ?? situation.startsAt });
  const settle = async () => {
    for (let i = 0; i < MOST_CALLS && simulation.pending; i++) {
      const call = simulation.pending;
      const output = await answering(call, simulation.answers[call.node]?.length ?? 0);
      if (output === null) {
        unanswered.set(call.node, call);
        return;
      }
      simulation = perform(simulation, { do: "answer", output });
    }
  };
  for (const [i, turn] of turns.entries()) {
    const from = simulation.lines.length;
    simulation = perform(simulation, { do: "say", answer: turn.answer });
    await settle();
    for (let left = secondsLeft(simulation, turns[i + 1]); left > 0; left = secondsLeft(simulation, turns[i + 1])) {
      simulation = perform(simulation, { do: "wait", seconds: Math.max(1, Math.min(left, nextTimer(simulation))) });
      await settle();
    }
    const now = simulation.lines.slice(from).flatMap((line) => (line.from === "bot" ? [line.text] : []));
    const same = JSON.stringify(now) === JSON.stringify(turn.said);
    replayed.push({ at: turn.at, words: turn.words, was: turn.said, now, same });
  }
  return { turns: replayed, unanswered: [...unanswered.values()] };
}

const secondsLeft = ({ now }: Simulation, next: RealTurn | undefined): number =>
  next ? secondsBetween(now, next.at) : 0;

const nextTimer = (simulation: Simulation): number => secondsToTimer(simulation) ?? Number.POSITIVE_INFINITY;
