import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { firstFile, unhidden } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { readersOf } from "../collaboration/readers-of.server";
import type { TicketEvent, TicketEventKind, TicketSummary } from "../ticket-view";

export type TicketRow = typeof schema.ticket.$inferSelect;
export type TicketEventRow = typeof schema.ticketEvent.$inferSelect;
export type AreaRow = typeof schema.area.$inferSelect;

const LAST_TEXT_LENGTH = 160;

/**
 * SQL: a ticket's newest message up to a number that the account, if one is named, has not hidden. What was taken back keeps its
 * place without its words: screens tell older news by its number.
 */
const lastInSight = (seq: SQL, accountId?: string) =>
  accountId
    ? sql`(select seen.seq from message seen
  where seen.conversation_id = ${schema.ticket.conversationId} and seen.seq <= ${seq}
    and ${unhidden(accountId, sql`seen.id`)}
  order by seen.seq desc limit 1)`
    : seq;

/** SQL: of the newest ticket of a ticket's conversation: from where on who is no admin reads. */
export const newestHistoryFromSeq = sql<number | null>`(select newest.history_from_seq from ticket newest
  where newest.conversation_id = ${schema.ticket.conversationId}
  order by newest.opened_at desc, newest.id desc limit 1)`;

/** What a ticket's summary is made of: one row with its names; `readSeq` is how far the account has read, 0 without one. */
export function selectSummaries(tx: Tx, accountId?: string) {
  const { ticket, area, contact, channel, conversation, member, account } = schema;
  const last = alias(schema.message, "last_message");
  // A ticket that another one follows ends with its own segment: who sees it need not see the next.
  const lastSeqOf = sql`case when ${ticket.state} = 'closed' and exists (select from ticket later
    where later.conversation_id = ${ticket.conversationId} and later.first_seq > ${ticket.firstSeq})
    then ${ticket.lastSeq} else ${conversation.lastSeq} end`;
  const { readMark } = schema;
  const read = sql<number>`coalesce((select ${readMark.seq} from ${readMark} where ${readMark.conversationId} = ${conversation.id} and ${readMark.accountId} = ${accountId}), 0)`;
  return tx
    .select({
      ticket,
      area: { id: area.id, name: area.name, visibility: area.visibility, replyMode: area.replyMode },
      contact: { id: contact.id, name: contact.name },
      channel: { id: channel.id, kind: channel.kind },
      assigneeName: account.name,
      /** The members whom a note called in. */
      readers: readersOf(ticket.id),
      historyFromSeq: newestHistoryFromSeq,
      readSeq: accountId ? read.mapWith(Number) : sql<number>`0`.mapWith(Number),
      last: {
        seq: last.seq,
        text: last.text,
        kind: last.kind,
        visibility: last.visibility,
        authorKind: last.authorKind,
        createdAt: last.createdAt,
        deletedAt: last.deletedAt,
        file: firstFile(last.attachments),
      },
    })
    .from(ticket)
    .innerJoin(area, eq(area.id, ticket.areaId))
    .innerJoin(contact, eq(contact.id, ticket.contactId))
    .innerJoin(channel, eq(channel.id, ticket.channelId))
    .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
    .leftJoin(member, eq(member.id, ticket.assigneeId))
    .leftJoin(account, eq(account.id, member.accountId))
    .leftJoin(
      last,
      and(eq(last.conversationId, ticket.conversationId), eq(last.seq, lastInSight(lastSeqOf, accountId))),
    )
    .$dynamic();
}

export type SummaryRow = Awaited<ReturnType<typeof selectSummaries>>[number];

const time = (date: Date | null) => date?.toISOString() ?? null;

/**
 * `fromSeq`: the last message, and why the ticket was closed, are told where they are not before it. Whom it is told to
 * all alike, nobody is to learn more.
 */
export function toSummary(row: SummaryRow, fromSeq = row.historyFromSeq ?? 0): TicketSummary {
  const { ticket, area, contact, channel, assigneeName } = row;
  const last = row.last && row.last.seq >= fromSeq ? row.last : null;
  return {
    id: ticket.id,
    number: ticket.number,
    state: ticket.state,
    area: { id: area.id, name: area.name },
    assignee: ticket.assigneeId ? { id: ticket.assigneeId, name: assigneeName ?? "" } : null,
    contact: { id: contact.id, name: contact.name },
    channel: { id: channel.id, kind: channel.kind },
    conversation_id: ticket.conversationId,
    priority: ticket.priority,
    tags: ticket.tags,
    waiting_on: ticket.waitingOn,
    waiting_since: time(ticket.waitingSince),
    snoozed_until: time(ticket.snoozedUntil),
    queued_at: time(ticket.queuedAt),
    queue_front: ticket.queueFront,
    opened_at: ticket.openedAt.toISOString(),
    first_reply_at: time(ticket.firstReplyAt),
    closed_at: time(ticket.closedAt),
    close_reason: closeReasonFrom(ticket, fromSeq),
    reopen_count: ticket.reopenCount,
    thanked: ticket.thanked,
    rating: ticket.rating,
    rated_at: time(ticket.ratedAt),
    version: ticket.version,
    last_activity_at: ticket.lastActivityAt.toISOString(),
    last_message: last && {
      seq: last.seq,
      text: last.deletedAt ? "" : last.text.slice(0, LAST_TEXT_LENGTH),
      author_kind: last.authorKind,
      kind: last.kind,
      visibility: last.visibility,
      file: last.file,
      at: last.createdAt.toISOString(),
    },
  };
}

/** Why a ticket was closed, for who reads from a number on: words from before it are not told. */
export const closeReasonFrom = (ticket: Pick<TicketRow, "lastSeq" | "closeReason">, fromSeq: number): string | null =>
  (ticket.lastSeq ?? fromSeq) < fromSeq ? null : ticket.closeReason;

export async function summarise(tx: Tx, ticketIds: string[]): Promise<SummaryRow[]> {
  if (ticketIds.length === 0) return [];
  return selectSummaries(tx).where(inArray(schema.ticket.id, ticketIds));
}

export function toTicketEvent(row: TicketEventRow): TicketEvent {
  return {
    id: row.id,
    ticket: row.ticketId,
    after_seq: row.afterSeq,
    kind: row.kind as TicketEventKind,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    before: row.before,
    after: row.after,
    reason: row.reason,
    created_at: row.createdAt.toISOString(),
  };
}
