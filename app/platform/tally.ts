/** Counts of this process, by name, for the metrics; they only grow. */
const counts = new Map<string, number>();

/** The names in use. */
export type Tallied =
  | "append_batches"
  | "append_messages"
  | "append_messages_in_one_trip"
  | "append_batches_taken_apart"
  | "jobs_failed"
  | "jobs_dead"
  | "jobs_done"
  | "rate_limit_fallbacks";

export function tally(name: Tallied, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

export const tallied = (name: Tallied): number => counts.get(name) ?? 0;
