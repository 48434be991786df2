import { and, eq, sql } from "drizzle-orm";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Delivery } from "~db/schema/messaging";
import { lockConversation } from "./append-message.server";
import { nextDelivery } from "./delivery-rank";
import { messageDelivery } from "./events";
import { recordChange } from "./record-change.server";
import { type MessageRow, toMessage } from "./rows.server";

export type DeliveryMark = {
  delivery: Delivery;
  error?: { code: string; text: string } | null;
  externalId?: string;
};

/**
 * Moves a message's delivery mark up, never back, and says so. Returns the message as it is then.
 * The conversation is locked here.
 */
export async function applyDelivery(ctx: Context, message: MessageRow, mark: DeliveryMark): Promise<MessageRow> {
  const conversation = await lockConversation(ctx, message.conversationId);
  if (!conversation) return message;
  const [fresh] = await ctx.tx.select().from(schema.message).where(eq(schema.message.id, message.id));
  if (!fresh) return message;
  const delivery = nextDelivery(fresh.delivery, mark.delivery);
  const learnsId = mark.externalId !== undefined && fresh.externalId === null;
  if (delivery === fresh.delivery && !learnsId) return fresh;
  const [row] = await ctx.tx
    .update(schema.message)
    .set({
      delivery,
      deliveryError: delivery === "failed" || delivery === "unknown" ? (mark.error ?? null) : null,
      ...(learnsId && { externalId: mark.externalId }),
    })
    .where(eq(schema.message.id, fresh.id))
    .returning();
  if (!row) return fresh;
  if (delivery !== fresh.delivery) {
    const revs = await recordChange(ctx, {
      conversation,
      kind: "message.delivery",
      ref: row.id,
      visibility: row.visibility,
    });
    ctx.emit(messageDelivery, { ...revs, message: toMessage(row) });
  }
  return row;
}

/**
 * A provider's mark on the message that it knows by `externalId`. A mark that comes before we have stored the
 * provider's answer to the send is parked, and applied by `applyParked`.
 */
export async function applyProviderStatus(
  ctx: Context,
  channel: { id: string; orgId: string },
  status: {
    externalId: string;
    delivery: Delivery;
    error?: { code: string; text: string } | null;
    messageId?: string | null;
  },
): Promise<void> {
  const { message } = schema;
  await lockExternalId(ctx, channel.id, status.externalId);
  const [known] = await ctx.tx
    .select()
    .from(message)
    .where(and(eq(message.channelId, channel.id), eq(message.externalId, status.externalId)));
  const row = known ?? (await ownMessage(ctx, channel.id, status.messageId));
  if (row) {
    await applyDelivery(ctx, row, { delivery: status.delivery, error: status.error, externalId: status.externalId });
    return;
  }
  await ctx.tx
    .insert(schema.parkedStatus)
    .values({
      channelId: channel.id,
      orgId: channel.orgId,
      externalId: status.externalId,
      status: status.delivery,
      error: status.error ?? null,
      createdAt: ctx.now,
    })
    .onConflictDoNothing();
}

/**
 * A mark and the answer to the send it belongs to may come at one moment: they stand in line by the provider's id, so
 * that a mark is either found by the message or finds it. Taken before the conversation's lock by both.
 */
export async function lockExternalId(ctx: Context, channelId: string, externalId: string): Promise<void> {
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${channelId}:${externalId}`}, 0))`);
}

async function ownMessage(
  ctx: Context,
  channelId: string,
  messageId: string | null | undefined,
): Promise<MessageRow | null> {
  // Whoever else sends by this number may send marks of their own along.
  if (!messageId || !isUuid(messageId)) return null;
  const { message } = schema;
  const [row] = await ctx.tx
    .select()
    .from(message)
    .where(and(eq(message.channelId, channelId), eq(message.id, messageId)));
  return row ?? null;
}

/** Applies the marks that came before the message had its provider's id. */
export async function applyParked(ctx: Context, message: MessageRow): Promise<void> {
  if (!message.externalId || !message.channelId) return;
  const { parkedStatus } = schema;
  const parked = await ctx.tx
    .delete(parkedStatus)
    .where(and(eq(parkedStatus.channelId, message.channelId), eq(parkedStatus.externalId, message.externalId)))
    .returning();
  for (const mark of parked) await applyDelivery(ctx, message, { delivery: mark.status, error: mark.error });
}
