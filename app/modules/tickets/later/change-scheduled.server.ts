import { and, eq } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import type { MessageRow } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { conflict, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { cancel } from "~/platform/jobs/index.server";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { cleanText, sendMessage, storable } from "../desk/send-message.server";
import { scheduledChanged } from "../events";
import { accessConversation } from "../reading/conversation-access.server";
import { type ScheduledMessage, type ScheduledRow, toScheduledOne } from "./list-scheduled.server";
import { enqueueSending, requireSendTime } from "./schedule-message.server";
import { endScheduled, sendingOf } from "./send-scheduled.server";

const { scheduledMessage } = schema;

/**
 * Gives a message that waits another text or time; one that had failed waits again.
 * @throws AppError 404 for others', `already_sending` (409) once its time has come, and as in `scheduleMessage`
 */
export async function changeScheduled(
  actor: Actor,
  id: string,
  change: { text?: string; sendAt?: Date },
): Promise<ScheduledMessage> {
  const changed = await withOwn(actor, id, async (ctx, row) => {
    const clean = row.attachments.length > 0 ? storable : cleanText;
    const text = change.text === undefined ? undefined : clean(change.text);
    const sendAt = change.sendAt ?? row.sendAt;
    requireWaiting(ctx, row);
    requireSendTime(ctx, sendAt);
    const [changed] = await ctx.tx
      .update(scheduledMessage)
      .set({ sendAt, failed: null, ...(text !== undefined && { text }) })
      .where(eq(scheduledMessage.id, id))
      .returning();
    if (!changed) throw notFound("scheduled_message");
    await enqueueSending(ctx, changed);
    return changed;
  });
  return toScheduledOne(changed);
}

/**
 * Takes back a message that waits, and returns what it said. Its files are nobody's then, as those that were never sent.
 * @throws AppError 404 for others' and what was sent, `already_sending` (409) once its time has come
 */
export async function cancelScheduled(actor: Actor, id: string): Promise<ScheduledMessage> {
  const taken = await withOwn(actor, id, async (ctx, row) => {
    requireWaiting(ctx, row);
    await ctx.tx.delete(scheduledMessage).where(eq(scheduledMessage.id, id));
    await cancel(ctx.tx, `scheduled:${id}`);
    return row;
  });
  return toScheduledOne(taken);
}

/** Sends a message that waits at once. @throws AppError 404 for others', and as in `sendMessage`: it waits on then */
export async function sendScheduledNow(actor: Actor, id: string): Promise<MessageRow> {
  const row = await withOwn(actor, id, async (_, own) => own);
  const { row: sent } = await sendMessage(actor, sendingOf(row));
  await endScheduled(row, null);
  return sent;
}

/** From its time on a worker may have it in hand: what was answered as taken back must not arrive all the same. */
function requireWaiting(ctx: Context, { failed, sendAt }: ScheduledRow): void {
  if (!failed && sendAt <= ctx.now) throw conflict("already_sending");
}

/** Runs a change of one's own message that waits, under its row's lock. */
async function withOwn<T>(
  actor: Actor,
  id: string,
  work: (ctx: Context<AccountActor>, row: ScheduledRow) => Promise<T>,
): Promise<T> {
  if (actor.kind !== "account" || !isUuid(id)) throw notFound("scheduled_message");
  const { accountId } = actor;
  const own = and(eq(scheduledMessage.id, id), eq(scheduledMessage.accountId, accountId));
  const [seen] = await inScope({ accountId }, (tx) => tx.select().from(scheduledMessage).where(own));
  if (!seen) throw notFound("scheduled_message");
  // Of a chat that one has left one may still take back what waits; a program reaches only where its token does.
  if (actor.token) await accessConversation(actor, seen.conversationId, inScope, "messages:write");
  return transact(actor, { accountId }, async (ctx) => {
    const [row] = await ctx.tx.select().from(scheduledMessage).where(own).for("update");
    if (!row) throw notFound("scheduled_message");
    const done = await work(ctx, row);
    ctx.emit(scheduledChanged, { accountId, conversationId: row.conversationId });
    return done;
  });
}
