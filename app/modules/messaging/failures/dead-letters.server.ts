import { and, desc, eq, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { authorise, recordAudit } from "~/modules/accounts/index.server";
import { asSystem, inScope, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { type DeadJob, enqueue, pageOfDead, retryDead } from "~/platform/jobs/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { deliverOutbox } from "../deliver-outbox.server";

/** Something of an organisation's that was given up: a message that did not leave, or work in the background. */
export type DeadLetter = {
  /** A message's place in the outbox, or a job's number. */
  id: string;
  kind: "message" | "job";
  /** The job's name; of a message, its channel's. */
  what: string;
  reason: string;
  attempts: number;
  failedAt: string;
};

const MOST = 200;
/** Another organisation's trouble must not hide this one's: so many of all are looked through. */
const PAGE = 1_000;
const MOST_LOOKED_AT = 50_000;
const { outbox, channel } = schema;

async function failedSends(tx: Tx): Promise<DeadLetter[]> {
  const rows = await tx
    .select({
      id: outbox.id,
      what: channel.name,
      error: outbox.error,
      attempts: outbox.attempts,
      failedAt: sql<Date>`coalesce(${outbox.endedAt}, ${outbox.createdAt})`.mapWith(outbox.createdAt),
    })
    .from(outbox)
    .innerJoin(channel, eq(channel.id, outbox.channelId))
    .where(and(eq(outbox.state, "failed"), eq(outbox.part, 0)))
    .orderBy(desc(outbox.endedAt), desc(outbox.id))
    .limit(MOST);
  return rows.map(({ error, failedAt, ...row }) => ({
    ...row,
    kind: "message",
    reason: error?.text || error?.code || "",
    failedAt: failedAt.toISOString(),
  }));
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** To which organisation each id belongs, of those that belong to one. */
async function organisationsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = sql.param([...ids]);
  const { rows } = await tx.execute<{ id: string; org_id: string }>(sql`
    select id, id as org_id from organisation where id = any(${wanted}::uuid[])
    union all select id, org_id from conversation where id = any(${wanted}::uuid[]) and org_id is not null
    union all select id, org_id from message where id = any(${wanted}::uuid[]) and org_id is not null
    union all select id, org_id from file where id = any(${wanted}::uuid[]) and org_id is not null
    union all select id, org_id from flow_run where id = any(${wanted}::uuid[])
    union all select id, org_id from ticket where id = any(${wanted}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.org_id]));
}

/**
 * The dead jobs that are an organisation's: all that their payload names belongs to it. What names nothing that is known, or
 * things of several, is told to nobody here.
 */
function deadJobsOf(orgId: string): Promise<DeadLetter[]> {
  return asSystem("which dead letters are an organisation's", async (tx) => {
    const ours: DeadJob[] = [];
    for (let from = 0; ours.length < MOST && from < MOST_LOOKED_AT; from += PAGE) {
      const dead = await pageOfDead(tx, PAGE, from);
      const named = new Map(dead.map(({ id, payload }) => [id, JSON.stringify(payload).match(UUID) ?? []]));
      const owners = await organisationsOf(tx, [...new Set([...named.values()].flat())]);
      const isOurs = (ids: readonly string[]) =>
        ids.some((id) => owners.get(id) === orgId) && ids.every((id) => (owners.get(id) ?? orgId) === orgId);
      ours.push(...dead.filter(({ id }) => isOurs(named.get(id) ?? [])));
      if (dead.length < PAGE) break;
    }
    return ours.slice(0, MOST).map(({ id, task, error, attempts, failed_at }) => ({
      id,
      kind: "job" as const,
      what: task,
      reason: error.split("\n", 1)[0] ?? "",
      attempts,
      failedAt: failed_at,
    }));
  });
}

/** What was given up of an organisation's work, the newest first, at most 200 of a kind. @throws AppError 404, 403 */
export async function listDeadLetters(actor: AccountActor, orgId: string): Promise<DeadLetter[]> {
  authorise(actor, orgId, "organisation.write");
  const [sends, jobs] = [await inScope({ orgId }, failedSends), await deadJobsOf(orgId)];
  return [...sends, ...jobs].sort((one, other) => other.failedAt.localeCompare(one.failedAt));
}

/**
 * Tries once more what was given up. A message leaves after those of its conversation that wait already.
 * @throws AppError 404 for what is not among the organisation's dead letters, 403
 */
export async function retryDeadLetter(actor: AccountActor, orgId: string, letterId: string): Promise<void> {
  authorise(actor, orgId, "organisation.write");
  await (isUuid(letterId) ? retrySend(actor, orgId, letterId) : retryJob(actor, orgId, letterId));
}

const retrySend = (actor: AccountActor, orgId: string, outboxId: string) =>
  transact(actor, { orgId }, async (ctx) => {
    const [row] = await ctx.tx
      .select()
      .from(outbox)
      .where(and(eq(outbox.id, outboxId), eq(outbox.state, "failed")))
      .for("update");
    if (!row) throw notFound("dead_letter");
    const again = { state: "waiting" as const, attempts: 0, nextAt: ctx.now, error: null, endedAt: null };
    await ctx.tx
      .update(outbox)
      .set(again)
      .where(and(eq(outbox.messageId, row.messageId), eq(outbox.state, "failed")));
    await enqueue(ctx.tx, deliverOutbox, { conversationId: row.conversationId });
    await recordAudit(ctx, { orgId, action: "dead_letter.retried", subject: { id: row.messageId, name: "message" } });
  });

async function retryJob(actor: AccountActor, orgId: string, jobId: string): Promise<void> {
  const job = (await deadJobsOf(orgId)).find(({ id }) => id === jobId);
  if (!job) throw notFound("dead_letter");
  await asSystem("an organisation's dead letter is tried again", (tx) => retryDead(tx, [jobId]));
  await transact(actor, { orgId }, (ctx) =>
    recordAudit(ctx, { orgId, action: "dead_letter.retried", subject: { id: null, name: job.what } }),
  );
}
