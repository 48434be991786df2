import { and, eq, ne, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import {
  type Change,
  listChanges,
  listMessages,
  listPinned,
  lockConversation,
  type MessagePage,
  markReadByAccount,
  markReadByCustomer,
  type PageAsked,
  readMarks,
} from "~/modules/messaging/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { tellCustomers } from "../lists/tell-customer.server";
import type { TicketEvent } from "../ticket-view";
import { accessConversation } from "./conversation-access.server";
import { type EarlierTicket, getThreadHistory } from "./read-tickets.server";

export type Thread = {
  conversation_id: string;
  messages: Message[];
  /** Whether there is more before the first message. */
  more: boolean;
  /** Whether there is more after the last one; not when it was just opened. */
  more_after: boolean;
  /** Kept at its head, the first kept first. */
  pinned: Message[];
  /** The ids of what the reader has starred, and of what they have taken out of their own sight. */
  starred: string[];
  hidden: string[];
  rev: number;
  last_seq: number;
  read_seq: number;
  /** How far the customer has read, or the other one of a direct chat. */
  customer_read_seq: number;
  /** When the customer last wrote, by the provider's clock: what may be answered now hangs on it. */
  last_inbound_at: string | null;
  tickets: EarlierTicket[];
  events: TicketEvent[];
};

const PAGE = 60;

/** A conversation as its reader opens it: the newest messages, and for staff the history of its tickets. */
export async function getThread(actor: Actor, conversationId: string): Promise<Thread> {
  const access = await accessConversation(actor, conversationId, inScope);
  const { audience, fromSeq, scope, side } = access;
  return inScope(scope, async (tx) => {
    const [conversation] = await tx
      .select()
      .from(schema.conversation)
      .where(eq(schema.conversation.id, conversationId));
    if (!conversation) throw notFound("conversation");
    const page = await listMessages(tx, conversationId, access, { limit: PAGE });
    const history =
      audience === "staff" ? await getThreadHistory(tx, conversationId, fromSeq) : { tickets: [], events: [] };
    const readSeq = side === "customer" ? conversation.customerReadSeq : await readSeqOf(actor, conversationId, tx);
    const pinned = await listPinned(tx, conversationId, access);
    const marks = scope.accountId ? await readMarks(tx, conversationId, scope.accountId) : { starred: [], hidden: [] };
    const theirs = conversation.kind === "direct" ? await readSeqOfOther(actor, conversationId, tx) : 0;
    return {
      conversation_id: conversationId,
      ...page,
      ...history,
      ...marks,
      pinned,
      rev: audience === "staff" ? conversation.rev : conversation.publicRev,
      // Each counts what they may see: a note's number would tell the customer that there is one.
      last_seq: audience === "staff" ? conversation.lastSeq : (page.messages.at(-1)?.seq ?? 0),
      read_seq: readSeq,
      customer_read_seq: side === "participant" ? theirs : conversation.customerReadSeq,
      last_inbound_at: conversation.lastInboundAt?.toISOString() ?? null,
    };
  });
}

async function readSeqOf(actor: Actor, conversationId: string, tx: Tx): Promise<number> {
  if (actor.kind !== "account") return 0;
  const { readMark } = schema;
  const [row] = await tx
    .select({ seq: readMark.seq })
    .from(readMark)
    .where(sql`${readMark.conversationId} = ${conversationId} and ${readMark.accountId} = ${actor.accountId}`);
  return row?.seq ?? 0;
}

/** How far the other one of a direct chat has read. */
async function readSeqOfOther(actor: Actor, conversationId: string, tx: Tx): Promise<number> {
  if (actor.kind !== "account") return 0;
  const { readMark } = schema;
  const [row] = await tx
    .select({ seq: readMark.seq })
    .from(readMark)
    .where(and(eq(readMark.conversationId, conversationId), ne(readMark.accountId, actor.accountId)));
  return row?.seq ?? 0;
}

/** A page of a conversation's messages, ascending. */
export async function listConversationMessages(
  actor: Actor,
  conversationId: string,
  page: PageAsked,
): Promise<MessagePage> {
  const access = await accessConversation(actor, conversationId, inScope);
  return inScope(access.scope, (tx) => listMessages(tx, conversationId, access, page));
}

export type ChangePage = {
  changes: Change[];
  more: boolean;
  rev: number;
  customer_read_seq: number;
  events: TicketEvent[];
};

/** What a reader missed after `after`, by their own numbers. */
export async function listConversationChanges(
  actor: Actor,
  conversationId: string,
  page: { after: number; limit: number },
): Promise<ChangePage> {
  const access = await accessConversation(actor, conversationId, inScope);
  const { audience, scope, conversation, fromSeq } = access;
  return inScope(scope, async (tx) => {
    const result = await listChanges(tx, conversationId, access, page);
    const ticketsMoved = result.changes.some((change) => change.kind === "ticket.changed");
    const { events } = ticketsMoved ? await getThreadHistory(tx, conversationId, fromSeq) : { events: [] };
    const last = result.changes.at(-1)?.rev ?? page.after;
    return {
      ...result,
      events,
      rev: result.more ? last : Math.max(last, audience === "staff" ? conversation.rev : conversation.publicRev),
      customer_read_seq:
        conversation.kind === "direct" ? await readSeqOfOther(actor, conversationId, tx) : conversation.customerReadSeq,
    };
  });
}

/** Moves the reader's pointer forward, and tells whom it concerns. Returns the pointer. */
export async function markRead(actor: Actor, conversationId: string, seq: number): Promise<number> {
  const { scope, side, conversation, unaccepted } = await accessConversation(actor, conversationId, inScope);
  if (unaccepted) return 0;
  return transact(actor, scope, async (ctx) => {
    if (side === "customer") {
      const locked = await lockConversation(ctx, conversation.id);
      if (!locked) throw notFound("conversation");
      const read = await markReadByCustomer(ctx, locked, await contactOf(ctx.tx, locked.identityId), seq);
      if (read > locked.customerReadSeq) await tellCustomers(ctx, [locked.id]);
      return read;
    }
    if (actor.kind !== "account") throw notFound("conversation");
    return markReadByAccount(ctx, conversation, { accountId: actor.accountId, staff: side === "member" }, seq);
  });
}

async function contactOf(tx: Tx, identityId: string | null): Promise<string> {
  const { identity } = schema;
  const [row] = await tx
    .select({ contactId: identity.contactId })
    .from(identity)
    .where(eq(identity.id, identityId ?? ""));
  if (!row) throw notFound("conversation");
  return row.contactId;
}
