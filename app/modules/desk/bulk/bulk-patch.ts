import type { Priority } from "~db/schema/tickets";

/** So many tickets are changed at once, and no more. */
export const MOST_TICKETS = 200;

/** What is to be changed of many tickets alike; what is not named stays. */
export type BulkPatch = {
  /** `closed` with `reason`, or `open` for what was closed. */
  state?: "open" | "closed";
  reason?: string | null;
  areaId?: string;
  /** A member's id; null gives it back to the queue. */
  assigneeId?: string | null;
  priority?: Priority;
  addTags?: readonly string[];
  removeTags?: readonly string[];
  /** RFC 3339; null wakes. */
  snoozedUntil?: string | null;
};

/** What takes one change back, as long as nobody changed the ticket since: `version` is how it was left. */
export type Undo = { id: string; version: number; patch: BulkPatch };

export type BulkResult = {
  done: { id: string; number: number; version: number; undo: BulkPatch | null }[];
  /** Those that stayed as they were, and why: the code of the refusal. */
  refused: {
    id: string;
    number: number | null;
    code: string;
    /** Of a macro, the one that was refused, from 1. */
    step?: number;
    /** Who has it, where that is why. */
    name?: string;
  }[];
};
