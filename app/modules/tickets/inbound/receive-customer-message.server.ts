import { eq } from "drizzle-orm";
import type { ContactRow } from "~/modules/contacts/index.server";
import {
  type Appended,
  appendMessage,
  type ConversationRow,
  findRepeat,
  type MessageDraft,
} from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import { automation } from "../automation.server";
import { tellHours } from "../clock/tell-hours.server";
import { decideInbound, type InboundDecision, isLate } from "../lifecycle";
import { rateTicket } from "../rating/rate-ticket.server";
import { readRating } from "../rating/read-rating";
import { findLastTicket, findLiveTicket } from "../reading/find-tickets.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, type TicketContext } from "../ticket-context.server";
import { turnAfterCustomer } from "../turn";
import { openFromInbound, reopenFromInbound } from "./open-from-inbound.server";

export type ChannelRow = typeof schema.channel.$inferSelect;

export type CustomerMessage = Pick<
  MessageDraft,
  "kind" | "text" | "payload" | "attachments" | "replyTo" | "clientId" | "externalId" | "sentAt"
>;

export type CustomerDoor = {
  /** Locked by the caller. */
  conversation: ConversationRow;
  channel: ChannelRow;
  contact: ContactRow;
};

export type Received = Appended & { ticket: TicketRow | null };

type Situation = { live: TicketRow | null; last: TicketRow | null; decision: InboundDecision };

async function assess(ctx: TicketContext, door: CustomerDoor, message: CustomerMessage): Promise<Situation> {
  const live = await findLiveTicket(ctx, door.conversation.id);
  const last = live ? null : await findLastTicket(ctx, door.conversation.id);
  const [org] = await ctx.tx
    .select({ closingList: schema.organisation.closingList })
    .from(schema.organisation)
    .where(eq(schema.organisation.id, door.channel.orgId));
  const sentAt = message.sentAt ?? ctx.now;
  const decision = decideInbound({
    now: ctx.now,
    sentAt,
    text: message.text,
    blocked: door.contact.blockedAt !== null,
    live,
    last: last?.closedAt
      ? {
          closedForMs: sentAt.getTime() - last.closedAt.getTime(),
          humanReplied: last.firstReplyAt !== null,
          askedForMs: last.ratingAskedAt && sentAt.getTime() - last.ratingAskedAt.getTime(),
        }
      : null,
    rating: readRating(message),
    reopenHours: door.channel.reopenHours,
    closingList: org?.closingList ?? null,
  });
  return { live, last, decision };
}

/**
 * Receives a customer's message by whatever channel (R1 to R3): appends it, opens, reopens or joins a ticket, and lets
 * the bot answer, all in the caller's transaction. The caller holds the conversation's lock; repeats write nothing.
 */
export async function receiveCustomerMessage(
  ctx: TicketContext,
  door: CustomerDoor,
  message: CustomerMessage,
): Promise<Received> {
  const { conversation, contact } = door;
  const draft: MessageDraft = {
    ...message,
    author: { kind: "contact", id: contact.id, name: contact.name },
    visibility: "public",
  };
  const repeat = await findRepeat(ctx, conversation, draft);
  if (repeat) return { row: repeat, dedup: true, ticket: null };
  const { live, last, decision } = await assess(ctx, door, message);
  const late = isLate(message.sentAt ?? ctx.now, ctx.now);
  const append = (ticket: TicketRow | null) =>
    appendMessage(ctx, conversation, { ...draft, late, ticketId: ticket?.id });
  await noteInbound(ctx, conversation, message.sentAt ?? ctx.now);

  switch (decision.act) {
    case "store":
      return { ...(await append(null)), ticket: null };
    case "thank": {
      const appended = await append(last);
      const ticket = last && (await changeTicket(ctx, conversation, last, { thanked: true, lastActivityAt: ctx.now }));
      return { ...appended, ticket };
    }
    case "rate": {
      const appended = await append(last);
      return { ...appended, ticket: last && (await rateTicket(ctx, door, last, decision.rating)) };
    }
    case "append": {
      const appended = await append(live);
      const ticket = live && (await joinLive(ctx, door, live, appended, decision.late));
      return told(ctx, door, { ...appended, ticket });
    }
    case "reopen":
      if (last) return told(ctx, door, await reopenFromInbound(ctx, door, last, decision.to, append));
      return told(ctx, door, await openFromInbound(ctx, door, first(message, false, false), append));
    case "open":
      return told(ctx, door, await openFromInbound(ctx, door, first(message, decision.late, last !== null), append));
  }
}

const first = ({ text }: CustomerMessage, late: boolean, returning: boolean) => ({ late, text, returning });

/** What was received, once who wrote outside of the hours has been told so (R14). */
async function told(ctx: TicketContext, door: CustomerDoor, received: Received): Promise<Received> {
  if (received.ticket) await tellHours(ctx, door.conversation, received.ticket);
  return { ...received, ticket: received.ticket && (ctx.touched.get(received.ticket.id)?.row ?? received.ticket) };
}

/** The customer's own clock opens the reply window (R19); it never moves back. */
async function noteInbound(ctx: TicketContext, conversation: ConversationRow, sentAt: Date): Promise<void> {
  if (conversation.lastInboundAt && conversation.lastInboundAt >= sentAt) return;
  conversation.lastInboundAt = sentAt;
  await ctx.tx
    .update(schema.conversation)
    .set({ lastInboundAt: sentAt })
    .where(eq(schema.conversation.id, conversation.id));
}

async function joinLive(
  ctx: TicketContext,
  door: CustomerDoor,
  live: TicketRow,
  appended: Appended,
  late: boolean,
): Promise<TicketRow> {
  const turn =
    live.state === "open" ? turnAfterCustomer(live, ctx.now) : { snoozedUntil: null, lastActivityAt: ctx.now };
  const ticket = await changeTicket(ctx, door.conversation, live, turn);
  if (ticket.state === "bot" && !late) {
    await automation().receive(ctx, { conversation: door.conversation, ticket, message: appended.row });
  }
  return ctx.touched.get(ticket.id)?.row ?? ticket;
}
