import type { Actor } from "~/modules/accounts";
import { AppError } from "~/platform/errors";
import { log } from "~/platform/log.server";
import { tally } from "~/platform/tally";
import { createGather } from "~/platform/waiting/gather";
import type { SendInput } from "../desk/send-message.server";
import { type AppendItem, appendBatch, type BatchAnswer } from "./append-batch.server";

/** Two lanes an organisation: while one commits, the other gathers. A conversation keeps to its lane. */
const LANES = 2;
const MAX_BATCH = 128;
/** Of the pool's connections, the most that batches take. */
const MAX_RUNNING = 6;

const append = createGather<AppendItem, BatchAnswer>({ run, maxBatch: MAX_BATCH, maxRunning: MAX_RUNNING });

/**
 * Appends together with whatever else waits, or answers null where the message needs the long way. Answers after the
 * commit.
 * @throws AppError `unavailable` (retryable) when the database cannot be reached
 */
export function quickAppend(actor: Actor, orgId: string, input: SendInput): Promise<BatchAnswer> {
  return append(`${orgId}:${laneOf(input.conversationId)}`, { actor, input });
}

/** The last digits of an id are random. */
const laneOf = (conversationId: string) => Number.parseInt(conversationId.slice(-4), 16) % LANES;

/** One bad append does not fail its neighbours: when a batch fails, each of it goes its own way. */
async function run(key: string, items: readonly AppendItem[]): Promise<BatchAnswer[]> {
  try {
    return await appendBatch(key.slice(0, key.lastIndexOf(":")), items);
  } catch (error) {
    if (error instanceof AppError && error.retryable) throw error;
    tally("append_batches_taken_apart");
    log.info({ err: error, messages: items.length }, "a batch was taken apart");
    return items.map(() => null);
  }
}
