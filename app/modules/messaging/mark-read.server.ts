import { and, desc, eq, gt, inArray, lt, lte } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { conversationRead } from "./events";
import { recordChange } from "./record-change.server";
import type { ConversationRow } from "./rows.server";

/**
 * Moves an account's read pointer forward (never back), up to what exists, and tells its other devices.
 * Returns the pointer as it is then.
 */
export async function markReadByAccount(
  ctx: Context,
  conversation: ConversationRow,
  reader: { accountId: string; staff: boolean },
  seq: number,
): Promise<number> {
  const target = Math.min(seq, conversation.lastSeq);
  const { readMark } = schema;
  const [moved] = await ctx.tx
    .insert(readMark)
    .values({
      conversationId: conversation.id,
      accountId: reader.accountId,
      orgId: conversation.orgId,
      seq: target,
      readAt: ctx.now,
    })
    .onConflictDoUpdate({
      target: [readMark.conversationId, readMark.accountId],
      set: { seq: target, readAt: ctx.now },
      setWhere: lt(readMark.seq, target),
    })
    .returning({ seq: readMark.seq });
  if (!moved) return target;
  ctx.emit(conversationRead, {
    conversationId: conversation.id,
    seq: moved.seq,
    publicSeq: await publicSeqUpTo(ctx, conversation.id, moved.seq),
    reader: { kind: "account", id: reader.accountId },
    staff: reader.staff,
    direct: conversation.kind === "direct",
    rev: null,
  });
  return moved.seq;
}

/**
 * Moves the customer's read pointer forward; what was written to the customer up to there counts as read. The caller
 * holds the conversation's lock. Returns the pointer as it is then.
 */
export async function markReadByCustomer(
  ctx: Context,
  conversation: ConversationRow,
  contactId: string,
  seq: number,
): Promise<number> {
  const target = Math.min(seq, await lastPublicSeq(ctx, conversation));
  if (target <= conversation.customerReadSeq) return conversation.customerReadSeq;
  await ctx.tx
    .update(schema.conversation)
    .set({ customerReadSeq: target, customerDeliveredSeq: Math.max(target, conversation.customerDeliveredSeq) })
    .where(eq(schema.conversation.id, conversation.id));
  const { message } = schema;
  await ctx.tx
    .update(message)
    .set({ delivery: "read" })
    .where(
      and(
        eq(message.conversationId, conversation.id),
        gt(message.seq, conversation.customerReadSeq),
        lte(message.seq, target),
        inArray(message.delivery, ["sent", "delivered"]),
      ),
    );
  const revs = await recordChange(ctx, { conversation, kind: "read", ref: conversation.id, visibility: "staff" });
  ctx.emit(conversationRead, {
    conversationId: conversation.id,
    seq: target,
    publicSeq: target,
    reader: { kind: "contact", id: contactId },
    staff: false,
    direct: false,
    rev: revs.rev,
  });
  return target;
}

/** The last message that the customer sees, up to a place. */
async function publicSeqUpTo(ctx: Context, conversationId: string, seq: number): Promise<number> {
  const { message } = schema;
  const [row] = await ctx.tx
    .select({ seq: message.seq })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), lte(message.seq, seq), eq(message.visibility, "public")))
    .orderBy(desc(message.seq))
    .limit(1);
  return row?.seq ?? 0;
}

/** How far there is anything for the customer: a note's number would tell that there is one. */
async function lastPublicSeq(ctx: Context, conversation: ConversationRow): Promise<number> {
  const { message } = schema;
  const lastId = conversation.lastPublicMessageId;
  if (!lastId) return 0;
  const [row] = await ctx.tx.select({ seq: message.seq }).from(message).where(eq(message.id, lastId));
  return row?.seq ?? 0;
}
