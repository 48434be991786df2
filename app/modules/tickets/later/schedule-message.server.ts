import { and, count, eq } from "drizzle-orm";
import { v5 } from "uuid";
import type { Actor } from "~/modules/accounts";
import { findOwnFiles } from "~/modules/files/index.server";
import { requireReplyTarget } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { conflict, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { cleanText, storable } from "../desk/send-message.server";
import { scheduledChanged } from "../events";
import { accessConversation } from "../reading/conversation-access.server";
import { type ScheduledMessage, type ScheduledRow, toScheduledOne } from "./list-scheduled.server";
import { sendScheduled } from "./send-scheduled.server";

/** The most that one account has waiting. */
const MOST_WAITING = 100;
const YEAR_MS = 366 * 24 * 3_600_000;

export type ScheduleInput = {
  conversationId: string;
  /** The key that the message will be sent with; a repeat of it finds the first. */
  clientId: string;
  text: string;
  /** Ids of files that the author uploaded for this conversation: they are kept until it is sent. */
  attachments?: readonly string[];
  replyTo?: string | null;
  sendAt: Date;
};

/**
 * Keeps a message that is sent at a time to come, as if its author sent it then: what they may do is asked at that time.
 * Idempotent by `clientId`.
 * @throws AppError 404 without sight of the conversation and to guests, `send_at_invalid` for what is not within the year to
 *   come, `too_many_scheduled` over 100, `text_empty`, `text_too_long`, `id_reused`; and for files as in
 *   `withAttachments`
 */
export async function scheduleMessage(actor: Actor, input: ScheduleInput): Promise<ScheduledMessage> {
  if (actor.kind !== "account") throw notFound("conversation");
  if (!isUuid(input.clientId)) throw invalid("client_id_invalid");
  const { accountId } = actor;
  const { conversationId, sendAt } = input;
  const attachments = [...(input.attachments ?? [])];
  const text = attachments.length > 0 ? storable(input.text) : cleanText(input.text);
  const { scope, ...reading } = await accessConversation(actor, conversationId, inScope, "messages:write");
  const kept = await transact(actor, scope, async (ctx) => {
    requireSendTime(ctx, sendAt);
    await requireReplyTarget(ctx, conversationId, input.replyTo, reading);
    await requireRoom(ctx, accountId);
    await requireFree(ctx, actor, conversationId, attachments);
    const { scheduledMessage } = schema;
    const said = { text, attachments, replyTo: input.replyTo ?? null };
    // Of the author's own: whether another account used the same key is nobody's to learn.
    const row = { id: v5(input.clientId, accountId), accountId, conversationId, ...said, sendAt };
    const [made] = await ctx.tx
      .insert(scheduledMessage)
      .values({ ...row, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning();
    if (!made) return findFirst(ctx, row);
    await enqueueSending(ctx, made);
    ctx.emit(scheduledChanged, { accountId, conversationId });
    return made;
  });
  return toScheduledOne(kept);
}

/** @throws AppError `send_at_invalid` */
export function requireSendTime(ctx: Context, sendAt: Date): void {
  const ahead = sendAt.getTime() - ctx.now.getTime();
  if (!(ahead > 0 && ahead <= YEAR_MS)) throw invalid("send_at_invalid");
}

/** Takes the place of the job for another time. */
export const enqueueSending = ({ tx }: Context, { id, sendAt }: { id: string; sendAt: Date }): Promise<void> =>
  enqueue(tx, sendScheduled, { id }, { key: `scheduled:${id}`, runAt: sendAt });

async function requireRoom(ctx: Context, accountId: string): Promise<void> {
  const { scheduledMessage } = schema;
  const [waiting] = await ctx.tx
    .select({ n: count() })
    .from(scheduledMessage)
    .where(eq(scheduledMessage.accountId, accountId));
  if ((waiting?.n ?? 0) >= MOST_WAITING) throw invalid("too_many_scheduled", { limit: MOST_WAITING });
}

/** Files that the author may send here, and that no message has. */
async function requireFree(ctx: Context, actor: Actor, conversationId: string, ids: readonly string[]): Promise<void> {
  const files = await findOwnFiles(ctx, actor, conversationId, ids);
  if (files.some(({ messageId }) => messageId !== null)) throw conflict("attachment_used");
}

/** The same call made before. */
async function findFirst(
  ctx: Context,
  { id, conversationId, text, attachments }: Pick<ScheduledRow, "id" | "conversationId" | "text" | "attachments">,
): Promise<ScheduledRow> {
  const { scheduledMessage } = schema;
  const [first] = await ctx.tx
    .select()
    .from(scheduledMessage)
    .where(and(eq(scheduledMessage.id, id), eq(scheduledMessage.conversationId, conversationId)));
  if (first?.text !== text || first.attachments.join() !== attachments.join()) throw conflict("id_reused");
  return first;
}
