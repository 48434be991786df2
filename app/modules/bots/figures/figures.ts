import type { NodeWords } from "../editing/node-words";

/** What happened at one node of a version, counted over some days. */
export type NodeFigures = {
  visits: number;
  /** How often each exit was taken. */
  exits: { [exit: string]: number };
  /** Customers who were asked there and never went on. */
  dropped: number;
  /** Half of the stays were shorter, in seconds; null where none has ended. */
  medianSeconds: number | null;
  /** Stays that an error or a limit ended. */
  failed: number;
};

export type FlowFigures = {
  /** Null where nothing was ever published. */
  version: { id: string; number: number } | null;
  /** From when on it is counted, RFC 3339. */
  since: string;
  /** There were more stays than are counted: only the newest of them are. */
  partial: boolean;
  nodes: { [node: string]: NodeFigures };
  /** What those nodes are called. */
  words: { [node: string]: NodeWords };
};

/** From 0 to 1; 0 where nobody was there. */
export const shareOf = (part: number, visits: number): number => (visits > 0 ? Math.min(1, part / visits) : 0);
