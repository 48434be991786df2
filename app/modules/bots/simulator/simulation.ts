import type { OutboundContent } from "~/modules/channels";
import type { ShownChoice } from "~/modules/messaging";
import type { Answer } from "../answers/match-answer";
import { newRun, type RunState, type TraceEntry } from "../engine/run";
import type { Flow } from "../flow";
import type { showContent } from "../running/show-content";
import type { Json } from "../wording/json";
import type { Facts, Situation } from "./situation";

/** What a person does to a simulated conversation. */
export type Deed =
  | { do: "say"; answer: Answer }
  | { do: "wait"; seconds: number }
  /** A variable, by its path. */
  | { do: "set"; path: string; value: Json }
  | { do: "change"; facts: Partial<Facts> }
  /** What the server answers for a node from now on, in turn; none takes it back. */
  | { do: "stub"; node: string; outputs: Json[] }
  /** The server's answer to the work that is waited for. */
  | { do: "answer"; output: Json };

/** What happened besides what was said. */
export type Happening =
  | "not_answered"
  | "handed_over"
  | "closed"
  | "waited"
  | "timer"
  | "asked_server"
  | "server_answered"
  | "updated"
  | "noted"
  | "set"
  | "changed";

type ListContent = Extract<OutboundContent, { type: "list" }>;
type ShownMedia = ReturnType<typeof showContent>["media"];

export type LineBody =
  | { from: "customer"; answer: Answer }
  | {
      from: "bot";
      node: string | null;
      text: string;
      choices: ShownChoice[];
      list: ListContent | null;
      media: ShownMedia;
    }
  | { from: "system"; what: Happening; node: string | null; detail: { [name: string]: Json } };

/** One line of what the simulator shows. */
export type Line = { at: string } & LineBody;

export type PendingCall = { call: string; node: string; kind: string; input: Json };

/** A simulated conversation; never changed in place, so that a step back is the one before. */
export type Simulation = {
  readonly flow: Flow;
  readonly situation: Situation;
  /** RFC 3339. */
  readonly now: string;
  readonly run: RunState;
  readonly timers: readonly { timer: string; node: string; at: string }[];
  /** The server's work that the run waits for and that no stub answers. */
  readonly pending: PendingCall | null;
  readonly lines: readonly Line[];
  /** What was done, and how many lines there were before. */
  readonly deeds: readonly { deed: Deed; lines: number }[];
  readonly trace: readonly TraceEntry[];
  /** The server's answers so far, by node: from stubs and by hand. */
  readonly answers: { readonly [node: string]: readonly Json[] };
  readonly events: number;
};

export const newSimulation = (flow: Flow, situation: Situation): Simulation => ({
  ...{ flow, situation, now: situation.startsAt, run: newRun(), timers: [], pending: null },
  ...{ lines: [], deeds: [], trace: [], answers: {}, events: 0 },
});

/** The node that the conversation is at; null before it has begun and after its end. */
export const nodeAt = ({ run }: Simulation): string | null => (run.done ? null : (run.waiting?.node ?? run.node));

/** In how many seconds the next timer goes off; null where none is set. */
export function secondsToTimer({ timers, now }: Simulation): number | null {
  const next = Math.min(...timers.map(({ at }) => Date.parse(at)));
  return Number.isFinite(next) ? Math.max(0, Math.ceil((next - Date.parse(now)) / 1000)) : null;
}
