import type { z } from "zod";
import type { Lane } from "./lanes";

/** One attempt at a job. */
export type Attempt = {
  readonly id: string;
  /** From 1; an attempt that a stop interrupted is not counted. */
  readonly attempt: number;
  /** True when a failure of this attempt makes the job a dead letter. */
  readonly lastAttempt: boolean;
  /** Aborts when the process stops and the grace is over, or when the process lost its hold on the job. */
  readonly signal: AbortSignal;
};

/**
 * Work that is done after a commit, at least once.
 *
 * `run` must be idempotent: it runs again after a failure, after its process died, and also while an earlier run still
 * goes on in a process that was suspended and came back. It therefore reads the state again in its own transaction and
 * writes by compare-and-set, and lets nothing leave twice that the row of its subject does not show as unsent.
 * Jobs know no order among themselves. What must be in order (the messages of a conversation) has its order in a table:
 * the job names the conversation and takes the head of the line under that row's lock.
 */
export type JobDefinition<P = unknown> = {
  /** `module.verb`, unique, and kept for as long as jobs of that name may wait. */
  readonly name: string;
  readonly lane: Lane;
  /** Ids only, never texts or secrets: payloads are read by whoever looks at dead letters. */
  readonly payload: z.ZodType<P>;
  /** Default 5. */
  readonly maxAttempts?: number;
  run(payload: P, attempt: Attempt): Promise<void>;
};

export const DEFAULT_MAX_ATTEMPTS = 5;

export function defineJob<P>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}
