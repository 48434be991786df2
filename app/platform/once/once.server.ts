import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, lt, or, sql } from "drizzle-orm";
import { schema } from "~db/index.server";
import { asSystem } from "../db.server";
import { AppError, conflict } from "../errors";
import { log } from "../log.server";
import { seal, unseal } from "../secrets/seal.server";

export type OnceAnswer = { status: number; body: unknown };

export type OnceCall = {
  /** Who calls; keys of different callers are strangers to each other. */
  owner: string;
  key: string;
  /** All that makes the request what it is; another one under the same key is refused. */
  request: string;
};

/** Longer than any call takes: who has said nothing for so long is dead, and the call is done again. */
const LEASE_MS = 60_000;
/** How long a repeat waits for the first one's answer; less than a request may take as a whole. */
const PATIENCE_MS = 6_000;
const LOOK_EVERY_MS = 60;
const PURPOSE = "once-call";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

const { onceCall } = schema;
type Row = typeof onceCall.$inferSelect;
type Place = { owner: string; keyHash: string };

const at = ({ owner, keyHash }: Place) => and(eq(onceCall.owner, owner), eq(onceCall.keyHash, keyHash));
const placeText = ({ owner, keyHash }: Place) => `${owner}:${keyHash}`;

/** Takes the key's row when it is free: new, left behind by who died, or forgotten by now. Else what stands there. */
function claim(place: Place, requestHash: string): Promise<{ mine: Row } | { theirs: Row | undefined }> {
  return asSystem("claim a key of a repeatable call", async (tx, now) => {
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    const values = { ...place, requestHash, status: null, sealedAnswer: null, leasedUntil, createdAt: now };
    const dead = and(sql`${onceCall.status} is null`, lt(onceCall.leasedUntil, now));
    const [mine] = await tx
      .insert(onceCall)
      .values(values)
      .onConflictDoUpdate({
        target: [onceCall.owner, onceCall.keyHash],
        set: { requestHash, status: null, sealedAnswer: null, leasedUntil, createdAt: now },
        setWhere: or(
          and(dead, eq(onceCall.requestHash, requestHash)),
          sql`${onceCall.createdAt} < ${now.toISOString()}::timestamptz - interval '24 hours'`,
        ),
      })
      .returning();
    if (mine) return { mine };
    const [theirs] = await tx.select().from(onceCall).where(at(place));
    return { theirs };
  });
}

/** A refused call changed nothing, so that its key is free again. */
async function release(mine: Row): Promise<void> {
  await asSystem("release a key of a repeatable call", (tx) =>
    tx.delete(onceCall).where(and(at(mine), eq(onceCall.leasedUntil, mine.leasedUntil))),
  ).catch((error: unknown) => log.warn({ err: error }, "a key of a repeatable call was not released"));
}

async function perform(mine: Row, work: () => Promise<OnceAnswer>): Promise<OnceAnswer> {
  let answer: OnceAnswer;
  try {
    answer = await work();
  } catch (error) {
    await release(mine);
    throw error;
  }
  await asSystem("keep the answer of a repeatable call", (tx) =>
    tx
      .update(onceCall)
      .set({ status: answer.status, sealedAnswer: seal(PURPOSE, placeText(mine), answer.body) })
      .where(and(at(mine), eq(onceCall.leasedUntil, mine.leasedUntil))),
  );
  return answer;
}

/**
 * Does a call once for a key, whatever the number of processes: who repeats it within 24 hours gets the first answer,
 * waiting for it where the first is still at it. What throws is not remembered. After a crash in the middle the work is
 * done again, so that what it makes must be named by the key.
 * @throws AppError `id_reused` (409) for the key of another request; `in_progress` (409) when waiting takes too long
 */
export async function once(call: OnceCall, work: () => Promise<OnceAnswer>): Promise<OnceAnswer> {
  const place = { owner: call.owner, keyHash: hash(call.key) };
  const requestHash = hash(call.request);
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const claimed = await claim(place, requestHash);
    if ("mine" in claimed) return perform(claimed.mine, work);
    const { theirs } = claimed;
    if (theirs && theirs.requestHash !== requestHash) throw conflict("id_reused");
    if (theirs?.status && theirs.sealedAnswer)
      return { status: theirs.status, body: unseal(PURPOSE, placeText(place), theirs.sealedAnswer) };
    if (waited >= PATIENCE_MS) throw new AppError("in_progress", 409, { data: { retry_after: 1 }, retryable: true });
    await sleep(LOOK_EVERY_MS);
  }
}
