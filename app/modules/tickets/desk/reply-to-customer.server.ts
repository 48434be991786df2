import { and, asc, eq, gt, inArray, ne, or } from "drizzle-orm";
import type { AccountActor, Membership } from "~/modules/accounts";
import { DRIVERS } from "~/modules/channels/index.server";
import {
  type Appended,
  type ConversationRow,
  findRepeat,
  type MessageDraft,
  requireReplyTarget,
  toMessage,
} from "~/modules/messaging/index.server";
import { AppError, conflict, forbidden, invalid, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { Visibility } from "~db/schema/messaging";
import { appendNote } from "../collaboration/append-note.server";
import type { ChannelRow } from "../inbound/receive-customer-message.server";
import { replyStanding } from "../places/reply-standing.server";
import { readsFrom, type TicketRights } from "../policy";
import { findLastTicket } from "../reading/find-tickets.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, insertTicket, type TicketContext } from "../ticket-context.server";
import { turnAfterReply } from "../turn";
import { handOver } from "./hand-over.server";
import { rightsOf, whoIs } from "./load-for-member.server";
import { sendToCustomer } from "./send-to-customer.server";

export type ReplyInput = {
  text: string;
  visibility: Visibility;
  clientId: string;
  replyTo?: string | null;
  /** The last seq that the writer had on screen; without it there is no guard (R15). */
  basedOnSeq?: number | null;
  /** Ids of files that the writer uploaded for this conversation. */
  attachments?: readonly string[];
  /** Said elsewhere first, and passed on. */
  forwarded?: boolean;
};

type Reply = Omit<ReplyInput, "attachments"> & Pick<MessageDraft, "kind" | "attachments">;

type Desk = {
  actor: AccountActor;
  membership: Membership;
  conversation: ConversationRow;
  channel: ChannelRow;
  /** The live ticket, else the last one: a customer conversation always has had one. */
  ticket: TicketRow;
  rights: TicketRights;
};

/**
 * Writes as a member into a customer conversation whose lock the caller holds: to the customer (R4, R5, R8, R15) or as
 * a note for colleagues (R16).
 * @throws AppError 404 without sight of it, 403 without the right, `unseen_messages` with what came in between,
 *   `reply_not_allowed` with what the channel allows now, `attachments_unsupported_here` (422) where a provider carries
 */
export async function replyToCustomer(
  ctx: TicketContext,
  by: { actor: AccountActor; membership: Membership },
  conversation: ConversationRow,
  input: Reply,
): Promise<Appended> {
  const desk = await openDesk(ctx, by, conversation);
  const draft: MessageDraft = {
    author: { kind: "member", id: by.membership.memberId, name: by.actor.name },
    kind: input.kind,
    text: input.text,
    payload: input.forwarded ? { forwarded: true } : null,
    attachments: input.attachments,
    replyTo: input.replyTo ?? null,
    clientId: input.clientId,
    visibility: input.visibility,
  };
  const repeat = await findRepeat(ctx, conversation, draft);
  if (repeat) return { row: repeat, dedup: true };
  const fromSeq = readsFrom(desk.membership, desk.ticket);
  await requireReplyTarget(ctx, conversation.id, input.replyTo, { audience: "staff", fromSeq });
  if (input.visibility === "staff") {
    if (!desk.rights.note) throw forbidden();
    return appendNote(ctx, conversation, desk.ticket, draft);
  }
  if (!desk.rights.reply) throw forbidden("take_first");
  if (input.attachments?.length && DRIVERS[desk.channel.kind].delivery === "provider")
    throw invalid("attachments_unsupported_here");
  await refuseUnseen(ctx, desk, input.basedOnSeq);
  await refuseOutsideWindow(ctx, desk);
  const ticket = await takeTurn(ctx, desk);
  const { visibility: _, ...outbound } = draft;
  return sendToCustomer(ctx, conversation, desk.channel, { ...outbound, ticketId: ticket.id });
}

async function openDesk(
  ctx: TicketContext,
  by: { actor: AccountActor; membership: Membership },
  conversation: ConversationRow,
): Promise<Desk> {
  const { channel } = schema;
  const [door] = conversation.channelId
    ? await ctx.tx.select().from(channel).where(eq(channel.id, conversation.channelId))
    : [];
  const ticket = await findLastTicket(ctx, conversation.id);
  if (!door || !ticket) throw notFound("conversation");
  const { rights, membership } = await rightsOf(ctx.tx, by.membership, ticket);
  if (!rights.see) throw notFound("conversation");
  return { actor: by.actor, membership, conversation, channel: door, ticket, rights };
}

const UNSEEN_LIMIT = 20;

/** R15: another person's public reply came after what the writer saw. */
async function refuseUnseen(ctx: TicketContext, desk: Desk, basedOnSeq: number | null | undefined): Promise<void> {
  if (basedOnSeq === null || basedOnSeq === undefined) return;
  const { message } = schema;
  const unseen = await ctx.tx
    .select()
    .from(message)
    .where(
      and(
        eq(message.conversationId, desk.conversation.id),
        gt(message.seq, Math.max(basedOnSeq, readsFrom(desk.membership, desk.ticket) - 1)),
        eq(message.visibility, "public"),
        inArray(message.authorKind, ["member", "device"]),
        or(ne(message.authorId, desk.membership.memberId), eq(message.authorKind, "device")),
      ),
    )
    .orderBy(asc(message.seq))
    .limit(UNSEEN_LIMIT);
  if (unseen.length > 0) throw conflict("unseen_messages", { messages: unseen.map(toMessage) });
}

async function refuseOutsideWindow(ctx: TicketContext, desk: Desk): Promise<void> {
  const { allowed } = await replyStanding(ctx.tx, "human", desk.ticket, desk.conversation, ctx.now);
  if (allowed.mode === "free" || allowed.mode === "human_tag") return;
  throw new AppError("reply_not_allowed", 422, { data: allowed });
}

/** What a person's public reply does to the ticket, before it is written (R4, R5, R8). */
async function takeTurn(ctx: TicketContext, desk: Desk): Promise<TicketRow> {
  const { conversation, ticket, membership } = desk;
  const by = whoIs(desk.actor, membership);
  if (ticket.state === "closed") {
    return insertTicket(
      ctx,
      conversation,
      {
        contactId: ticket.contactId,
        areaId: ticket.areaId,
        state: "open",
        assigneeId: membership.memberId,
        firstSeq: conversation.lastSeq + 1,
        openedAt: ctx.now,
        ...turnAfterReply({ ...ticket, snoozedUntil: null, firstReplyAt: null }, ctx.now),
      },
      { kind: "opened", by, after: { state: "open", assignee_id: membership.memberId } },
    );
  }
  if (ticket.state === "bot") {
    const opened = await handOver(ctx, conversation, ticket, {
      by,
      reason: "human_reply",
      assigneeId: membership.memberId,
      waiting: { waitingOn: "customer", waitingSince: ctx.now },
    });
    return changeTicket(ctx, conversation, opened, turnAfterReply(opened, ctx.now));
  }
  const claims = ticket.assigneeId === null;
  return changeTicket(
    ctx,
    conversation,
    ticket,
    {
      ...turnAfterReply(ticket, ctx.now),
      skipMemberIds: [],
      ...(claims && { assigneeId: membership.memberId }),
    },
    claims ? { kind: "claimed", by, after: { assignee_id: membership.memberId }, reason: "reply" } : undefined,
  );
}
