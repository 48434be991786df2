import type { Actor } from "~/modules/accounts";
import type { Appended } from "~/modules/messaging/index.server";
import { clockMovedMs } from "~/platform/clock";
import { AppError } from "~/platform/errors";
import { createGather } from "~/platform/waiting/gather";
import type { SendInput } from "../desk/send-message.server";
import { appendBatch, type BatchAnswer } from "./append-batch.server";
import type { AppendItem } from "./batch-work.server";

/** Two lanes an organisation: while one commits, the other gathers. A conversation keeps to its lane. */
const LANES = 2;
const MAX_BATCH = 128;
/** Of the pool's connections, the most that batches take. */
const MAX_RUNNING = 6;

const append = createGather<AppendItem, BatchAnswer>({
  run: (key, items) => appendBatch(key.slice(0, key.lastIndexOf(":")), items),
  maxBatch: MAX_BATCH,
  maxRunning: MAX_RUNNING,
});

/**
 * Appends together with whatever else waits, or answers null where the message needs the long way. Answers after the
 * commit.
 * @throws AppError `unavailable` (retryable) when the database cannot be reached
 */
export async function quickAppend(actor: Actor, orgId: string, input: SendInput): Promise<Appended | null> {
  if (clockMovedMs() !== 0) return null;
  const answer = await append(`${orgId}:${laneOf(input.conversationId)}`, { actor, input });
  if (answer instanceof AppError) throw answer;
  return answer;
}

/** The last digits of an id are random. */
const laneOf = (conversationId: string) => Number.parseInt(conversationId.slice(-4), 16) % LANES;
