import { and, inArray, isNull } from "drizzle-orm";
import { type AccountActor, type Actor, allows, membershipIn } from "~/modules/accounts";
import { type MessageRow, unhidden } from "~/modules/messaging/index.server";
import { asSystem, inScope } from "~/platform/db.server";
import { AppError, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { TicketState } from "~db/schema/tickets";
import { withSeenMessage } from "../marks/seen-message.server";
import { getTicket, showTickets } from "../reading/read-tickets.server";
import { type Standing, sightFrom, sightOf, standingsOf } from "../reading/standing.server";
import type { Ticket } from "../ticket-view";

/** So many cards are asked for at once. */
const MOST_CARDS = 20;

/** What a card shows of a ticket. */
export type TicketCard = {
  id: string;
  orgId: string;
  number: number;
  state: TicketState;
  snoozed: boolean;
  contact: string;
  area: string;
  assignee: string | null;
};

/**
 * The ticket that a message of a chat shows, for who sees both.
 * @throws AppError 404, in the same words for a message without one, one that is not the reader's, and a ticket that is not
 */
export async function getSharedTicket(actor: Actor, messageId: string): Promise<Ticket & { org_id: string }> {
  const ticketId = await withSeenMessage(actor, messageId, { needs: "tickets:read" }, async (_, { row }) =>
    row.deletedAt ? undefined : row.payload?.ticket,
  ).catch(asMissing);
  if (typeof ticketId !== "string") throw notFound("ticket");
  return getTicket(actor, ticketId);
}

/**
 * What the cards of messages show to this reader, by the messages' ids; null where it is nothing, whatever the cause. Asked
 * of all at once, under the rules of `getSharedTicket`.
 * @throws AppError `invalid_request` (422) for more than 20
 */
export async function listTicketCards(
  actor: Actor,
  messageIds: readonly string[],
): Promise<Record<string, TicketCard | null>> {
  if (messageIds.length > MOST_CARDS) throw invalid("invalid_request");
  const shown =
    actor.kind === "account" ? await ticketsShown(actor, messageIds.filter(isUuid)) : new Map<string, string>();
  const tickets = await seenTickets(actor, [...new Set(shown.values())]);
  const cardOf = (id: string) => tickets.get(shown.get(id.toLowerCase()) ?? "");
  return Object.fromEntries(messageIds.map((id) => [id, cardOf(id) ?? null]));
}

/** The ids of tickets that messages show, of those messages that an account sees. */
async function ticketsShown(actor: AccountActor, messageIds: readonly string[]): Promise<Map<string, string>> {
  const { message } = schema;
  const rows = await asSystem("the messages whose cards are asked for", (tx) =>
    tx
      .select()
      .from(message)
      .where(and(inArray(message.id, [...messageIds]), isNull(message.deletedAt), unhidden(actor.accountId))),
  );
  const standings = await standingsOf(actor, [...new Set(rows.map((row) => row.conversationId))]);
  const places = new Map(standings.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  return new Map(
    rows.flatMap((row) => {
      const [place, ticketId] = [places.get(row.conversationId), row.payload?.ticket];
      return place && typeof ticketId === "string" && isSeen(actor, place, row) ? [[row.id, ticketId] as const] : [];
    }),
  );
}

/** As `withSeenMessage` says of one. */
function isSeen(actor: AccountActor, place: Standing, row: MessageRow): boolean {
  const sight = sightOf(actor, place, "tickets:read");
  if (sight === "public") return row.visibility === "public";
  return sight === "staff" && row.seq >= sightFrom(actor, place, "tickets:read");
}

/** Of these tickets those that a member sees, each in its organisation's scope. */
async function seenTickets(actor: Actor, ticketIds: readonly string[]): Promise<Map<string, TicketCard>> {
  const { ticket } = schema;
  const known = ticketIds.filter(isUuid);
  const places = await asSystem("the organisations of tickets on cards", (tx) =>
    tx.select({ id: ticket.id, orgId: ticket.orgId }).from(ticket).where(inArray(ticket.id, known)),
  );
  const cards = new Map<string, TicketCard>();
  for (const orgId of new Set(places.map((one) => one.orgId))) {
    const membership = membershipIn(actor, orgId);
    if (!membership || !allows(actor, "tickets:read")) continue;
    const ids = places.filter((one) => one.orgId === orgId).map(({ id }) => id);
    const seen = await inScope({ orgId }, (tx) => showTickets(tx, membership, ids));
    for (const one of seen) if (one.can.see) cards.set(one.id, toCard({ ...one, org_id: orgId }));
  }
  return cards;
}

const toCard = ({
  id,
  org_id: orgId,
  number,
  state,
  snoozed_until,
  contact,
  area,
  assignee,
}: Ticket & { org_id: string }) => ({
  ...{ id, orgId, number, state, snoozed: snoozed_until !== null },
  ...{ contact: contact.name, area: area.name, assignee: assignee?.name ?? null },
});

function asMissing(error: unknown): never {
  throw error instanceof AppError && error.status === 404 ? notFound("ticket") : error;
}
