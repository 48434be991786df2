import { and, eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import type { InboundEvent } from "~/modules/channels";
import type { ChannelRow } from "~/modules/channels/index.server";
import { addAddresses, findByAddress, resolveIdentity } from "~/modules/contacts/index.server";
import { appendMessage, applyProviderStatus, type ConversationRow, findRepeat } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import { handOver } from "../desk/hand-over.server";
import { findLastTicket } from "../reading/find-tickets.server";
import { changeTicket, type TicketContext, ticketVerb } from "../ticket-context.server";
import { openCustomerConversation } from "./open-customer-conversation.server";
import { type CustomerMessage, receiveCustomerMessage } from "./receive-customer-message.server";
import { recogniseOwn } from "./recognise-own.server";

type EventOf<Type extends InboundEvent["type"]> = Extract<InboundEvent, { type: Type }>;

/**
 * Does what one event of a provider asks for, in one transaction of the channel's organisation. Repeats write nothing.
 * Reactions, edits, deletions and advertisements are only counted so far.
 */
export async function receiveProviderEvent(channel: ChannelRow, event: InboundEvent): Promise<void> {
  await ticketVerb(SYSTEM, { orgId: channel.orgId }, async (ctx) => {
    switch (event.type) {
      case "message":
        await receiveMessage(ctx, channel, event);
        return touchHealth(ctx, channel, { lastStoredAt: ctx.now });
      case "status":
        return applyStatus(ctx, channel, event);
      case "echo":
        return receiveEcho(ctx, channel, event);
      case "identity_change":
        return moveIdentity(ctx, channel, event);
      case "notice":
        return noteNotice(ctx, channel, event);
      default:
        return touchHealth(ctx, channel, {}, 1);
    }
  });
}

async function touchHealth(
  ctx: TicketContext,
  channel: ChannelRow,
  set: Partial<typeof schema.channelHealth.$inferInsert>,
  ignored = 0,
): Promise<void> {
  const { channelHealth } = schema;
  const [row] = await ctx.tx.select().from(channelHealth).where(eq(channelHealth.channelId, channel.id));
  // At most one write a second, so that a busy channel's row serialises nothing.
  const recent = row?.lastWebhookAt && ctx.now.getTime() - row.lastWebhookAt.getTime() < 1_000;
  if (recent && ignored === 0) return;
  await ctx.tx
    .update(channelHealth)
    .set({ ...set, lastWebhookAt: ctx.now, ignoredCount: (row?.ignoredCount ?? 0) + ignored })
    .where(eq(channelHealth.channelId, channel.id));
}

async function receiveMessage(ctx: TicketContext, channel: ChannelRow, event: EventOf<"message">): Promise<void> {
  const resolved = await resolveIdentity(ctx, channel, event.sender);
  const conversation = await openCustomerConversation(ctx, channel, resolved);
  const message: CustomerMessage = {
    ...contentOf(event.content),
    replyTo: await quotedMessage(ctx, conversation, event.replyToExternalId),
    externalId: event.externalId,
    sentAt: event.sentAt ?? ctx.now,
  };
  await receiveCustomerMessage(ctx, { conversation, channel, contact: resolved.contact }, message);
}

function contentOf(content: EventOf<"message">["content"]) {
  const payload = { ...content.payload, ...(content.choice && { choice: content.choice }) };
  return {
    kind: content.kind,
    text: content.text,
    payload: Object.keys(payload).length > 0 ? payload : null,
    attachments: content.attachments.map((file, place) => ({
      id: String(place),
      kind: file.kind,
      name: file.name,
      mime: file.mime,
      size: null,
      url: null,
      state: "pending",
      reason: null,
    })),
  };
}

async function quotedMessage(
  ctx: TicketContext,
  conversation: ConversationRow,
  externalId: string | undefined,
): Promise<string | null> {
  if (!externalId) return null;
  const { message } = schema;
  const [row] = await ctx.tx
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.conversationId, conversation.id), eq(message.externalId, externalId)));
  return row?.id ?? null;
}

async function applyStatus(ctx: TicketContext, channel: ChannelRow, event: EventOf<"status">): Promise<void> {
  await applyProviderStatus(ctx, channel, {
    externalId: event.externalId,
    delivery: event.status,
    error: event.error ? { code: event.error.code, text: event.error.details ?? event.error.title } : null,
    messageId: event.correlation,
  });
}

/** R4: the business wrote on its own phone or in another inbox; that is a human reply which ends the bot. */
async function receiveEcho(ctx: TicketContext, channel: ChannelRow, event: EventOf<"echo">): Promise<void> {
  const resolved = await resolveIdentity(ctx, channel, event.recipient);
  const conversation = await openCustomerConversation(ctx, channel, resolved);
  const draft = {
    ...contentOf(event.content),
    author: { kind: "device", id: null, name: channel.name },
    visibility: "public",
    externalId: event.externalId,
    delivery: "sent",
    sentAt: event.sentAt ?? ctx.now,
  } as const;
  if (await findRepeat(ctx, conversation, draft)) return;
  if (await recogniseOwn(ctx, conversation, event)) return;
  const ticket = await findLastTicket(ctx, conversation.id);
  if (ticket?.state === "bot") {
    const opened = await handOver(ctx, conversation, ticket, {
      by: { kind: "system", id: null, name: channel.name },
      reason: "device_reply",
      waiting: { waitingOn: "customer", waitingSince: ctx.now },
    });
    await changeTicket(ctx, conversation, opened, {
      firstReplyAt: opened.firstReplyAt ?? ctx.now,
      lastActivityAt: ctx.now,
    });
  } else if (ticket?.state === "open") {
    await changeTicket(ctx, conversation, ticket, {
      waitingOn: "customer",
      waitingSince: ctx.now,
      firstReplyAt: ticket.firstReplyAt ?? ctx.now,
      lastActivityAt: ctx.now,
    });
  }
  await appendMessage(ctx, conversation, { ...draft, ticketId: ticket?.id ?? null });
}

/** The person is known by other addresses from now on; the conversation and its history stay. */
async function moveIdentity(ctx: TicketContext, channel: ChannelRow, event: EventOf<"identity_change">): Promise<void> {
  const identity = await findByAddress(ctx, channel, event.from);
  if (!identity) return;
  await addAddresses(ctx, channel, identity.id, event.to);
  const { identityAddress } = schema;
  for (const old of event.from) {
    if (event.to.some((address) => address.kind === old.kind && address.key === old.key)) continue;
    await ctx.tx
      .delete(identityAddress)
      .where(
        and(
          eq(identityAddress.identityId, identity.id),
          eq(identityAddress.kind, old.kind),
          eq(identityAddress.key, old.key),
        ),
      );
  }
}

async function noteNotice(ctx: TicketContext, channel: ChannelRow, event: EventOf<"notice">): Promise<void> {
  await touchHealth(ctx, channel, {});
  if (!event.channel) return;
  await ctx.tx
    .update(schema.channel)
    .set({ health: event.channel === "auth_dead" ? "reconnect" : "blocked", healthReason: event.text.slice(0, 500) })
    .where(eq(schema.channel.id, channel.id));
}
