import { and, arrayOverlaps, asc, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

const { webhookInbox } = schema;

export type StoredWebhook = typeof webhookInbox.$inferSelect;

const DEAD = "dead: ";

/**
 * The ids of the bodies that stand in one of this one's lines and are not read yet, those accepted first before the
 * others, up to this one itself, which is missing when it has been read. Bodies have the time of the database, and those
 * of one transaction ids in the order in which they came. Who was answered before the other was sent so comes first; two
 * that were handed over at the same time have no order.
 *
 * Dead letters no longer stand in the way, nor what is a day older: its message would be late anyway.
 */
export async function waitingUpTo(
  tx: Tx,
  { id, lines, receivedAt }: StoredWebhook,
  passedOver: ReadonlySet<string>,
  limit: number,
): Promise<string[]> {
  const at = sql`${receivedAt.toISOString()}::timestamptz`;
  const rows = await tx
    .select({ id: webhookInbox.id })
    .from(webhookInbox)
    .where(
      and(
        isNull(webhookInbox.processedAt),
        arrayOverlaps(webhookInbox.lines, lines ?? []),
        sql`(${webhookInbox.receivedAt}, ${webhookInbox.id}) <= (${at}, ${id}::uuid)`,
        sql`${webhookInbox.receivedAt} > ${at} - interval '1 day'`,
        sql`(${webhookInbox.id} = ${id} or ${webhookInbox.error} is null or not starts_with(${webhookInbox.error}, ${DEAD}))`,
        notInArray(webhookInbox.id, [...passedOver]),
      ),
    )
    .orderBy(asc(webhookInbox.receivedAt), asc(webhookInbox.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Bodies that are not read yet, in the order of the ids. */
export async function readWaiting(tx: Tx, ids: readonly string[]): Promise<(StoredWebhook | undefined)[]> {
  if (ids.length === 0) return [];
  const waiting = and(inArray(webhookInbox.id, [...ids]), isNull(webhookInbox.processedAt));
  const rows = new Map((await tx.select().from(webhookInbox).where(waiting)).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id));
}

/** Read bodies have done their duty; the sweep lets go of them. */
export async function markRead(tx: Tx, now: Date, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(webhookInbox)
    .set({ processedAt: now, error: null })
    .where(inArray(webhookInbox.id, [...ids]));
}

/** It stays for the retry, or as a dead letter. */
export async function markFailed(tx: Tx, id: string, fault: unknown, dead: boolean): Promise<void> {
  await tx
    .update(webhookInbox)
    .set({ error: `${dead ? DEAD : ""}${String(fault).slice(0, 500)}` })
    .where(eq(webhookInbox.id, id));
}
