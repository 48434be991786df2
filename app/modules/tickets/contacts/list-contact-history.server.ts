import { and, asc, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { type MessageRow, toMessage, unhidden } from "~/modules/messaging/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { ChannelKind } from "~db/schema/channels";
import type { TicketState } from "~db/schema/tickets";
import { requireContact } from "../lists/read-contacts.server";
import { visibleTo } from "../lists/visible-to.server";
import { readsFrom } from "../policy";
import { newestHistoryFromSeq, toTicketEvent } from "../reading/summarise.server";
import type { TicketEvent } from "../ticket-view";
import { requireContactsMember } from "./contact-sight.server";

/** A ticket of the history, with the line that closed it last. */
export type HistoryTicket = {
  id: string;
  number: number;
  state: TicketState;
  channel: ChannelKind;
  area: string;
  opened_at: string;
  closed_at: string | null;
  close_reason: string | null;
  closing: TicketEvent | null;
};

export type HistoryPage = {
  /** In the order in which they were written. */
  messages: (Message & { ticket_id: string })[];
  /** Of these messages, by id. */
  tickets: Record<string, HistoryTicket>;
  /** For what was written before; null at the beginning. */
  nextCursor: string | null;
};

const { ticket, message, area, channel, ticketEvent } = schema;

/** The last seq before which to go on, by conversation. */
type Places = Record<string, number>;

function placesOf(cursor: string | undefined): Places {
  if (!cursor) return {};
  const pairs = cursor.split("_").map((one) => one.split("."));
  const sound = pairs.every(([id, seq]) => isUuid(id) && /^\d{1,10}$/.test(seq ?? "")) && pairs.length <= MOST_DOORS;
  if (!sound) throw invalid("cursor_invalid");
  return Object.fromEntries(pairs.map(([id, seq]) => [id, Number(seq)]));
}

const MOST_DOORS = 50;

/**
 * What a contact and the organisation wrote each other, by whatever channel and in whatever ticket, as one thread that is
 * read back in time; only tickets in the member's sight (TA14), from where their history was shared.
 * @throws AppError 404 without sight of the contact, `cursor_invalid` (422)
 */
export async function listContactHistory(
  actor: Actor,
  orgId: string,
  contactId: string,
  page: { cursor?: string; limit: number },
): Promise<HistoryPage> {
  const { actor: account, membership } = requireContactsMember(actor, orgId, "contacts:read");
  const places = placesOf(page.cursor);
  return inScope({ orgId, accountId: account.accountId }, async (tx) => {
    await requireContact(tx, membership, contactId);
    const sight = and(eq(ticket.contactId, contactId), await visibleTo(tx, membership));
    const doors = await tx
      .selectDistinct({ id: ticket.conversationId, historyFromSeq: newestHistoryFromSeq })
      .from(ticket)
      .where(sight)
      .limit(MOST_DOORS);
    const found = (
      await Promise.all(
        doors.map((door) =>
          messagesOf(tx, {
            conversationId: door.id,
            sight,
            fromSeq: readsFrom(membership, door),
            before: places[door.id],
            limit: page.limit + 1,
            accountId: account.accountId,
          }),
        ),
      )
    )
      .flat()
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id.localeCompare(a.id));
    const rows = found.slice(0, page.limit);
    for (const row of rows) places[row.conversationId] = Math.min(row.seq, places[row.conversationId] ?? row.seq);
    const more = found.length > rows.length;
    const cursor = Object.entries(places).map(([id, seq]) => `${id}.${seq}`);
    return {
      messages: rows.reverse().map((row) => ({ ...toMessage(row), ticket_id: row.ticketId ?? "" })),
      tickets: await ticketsOf(tx, membership, [...new Set(rows.flatMap((row) => row.ticketId ?? []))]),
      nextCursor: more ? cursor.join("_") : null,
    };
  });
}

type DoorPage = {
  conversationId: string;
  sight: SQL | undefined;
  /** From which message on the member reads it. */
  fromSeq: number;
  before: number | undefined;
  limit: number;
  accountId: string;
};

async function messagesOf(
  tx: Tx,
  { conversationId, sight, fromSeq, before, limit, accountId }: DoorPage,
): Promise<MessageRow[]> {
  const rows = await tx
    .select({ message })
    .from(message)
    .innerJoin(ticket, eq(ticket.id, message.ticketId))
    .where(
      and(
        eq(message.conversationId, conversationId),
        before === undefined ? undefined : sql`${message.seq} < ${before}`,
        gte(message.seq, fromSeq),
        sight,
        unhidden(accountId),
      ),
    )
    .orderBy(desc(message.seq))
    .limit(limit);
  return rows.map((row) => row.message);
}

async function ticketsOf(tx: Tx, membership: Membership, ids: string[]): Promise<HistoryPage["tickets"]> {
  if (ids.length === 0) return {};
  const rows = await tx
    .select({ ticket, area: area.name, channel: channel.kind })
    .from(ticket)
    .innerJoin(area, eq(area.id, ticket.areaId))
    .innerJoin(channel, eq(channel.id, ticket.channelId))
    .where(and(inArray(ticket.id, ids), await visibleTo(tx, membership)));
  const closings = await tx
    .select()
    .from(ticketEvent)
    .where(and(inArray(ticketEvent.ticketId, ids), eq(ticketEvent.kind, "closed")))
    .orderBy(asc(ticketEvent.id));
  const closingOf = new Map(closings.map((row) => [row.ticketId, toTicketEvent(row)]));
  return Object.fromEntries(
    rows.map(({ ticket: row, ...names }) => [
      row.id,
      {
        ...names,
        id: row.id,
        number: row.number,
        state: row.state,
        opened_at: row.openedAt.toISOString(),
        closed_at: row.closedAt?.toISOString() ?? null,
        close_reason: row.closeReason,
        closing: row.state === "closed" ? (closingOf.get(row.id) ?? null) : null,
      },
    ]),
  );
}
