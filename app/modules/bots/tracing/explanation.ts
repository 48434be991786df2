import type { NodeWords } from "../editing/node-words";
import type { TraceEntry } from "../engine/run";
import type { Json } from "../wording/json";

/** One line of why a bot said what it said. */
export type ExplainedEntry = Omit<TraceEntry, "at">;

/** What a run did at one event: a customer's message, a timer, an answer of the server. */
export type ExplainedEvent = { at: string; entries: ExplainedEntry[] };

export type ExplainedRun = {
  id: string;
  /** The ticket that it served: the asked one, or an earlier one of the same conversation. */
  ticketId: string;
  flow: { id: string; name: string };
  version: number;
  startedAt: string;
  /** Null while it goes on. */
  endedAt: string | null;
  /** The nodes that its events name, where they still are. */
  nodes: { [node: string]: NodeWords };
  /** `flow.*` as the run left them. */
  values: { [name: string]: Json };
  events: ExplainedEvent[];
};

export type Explanation = { runs: ExplainedRun[]; mayEdit: boolean };

/** What was done at the moment of a message that a run wrote. */
export const eventsAt = ({ runs }: Explanation, runId: string | null, at: string): ExplainedEvent[] =>
  runs.filter(({ id }) => id === runId).flatMap(({ events }) => events.filter((event) => event.at === at));
