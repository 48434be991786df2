import type { Actor } from "~/modules/accounts";
import { AppError, invalid, notFound } from "~/platform/errors";
import type { TicketState } from "~db/schema/tickets";
import { withSeenMessage } from "../marks/seen-message.server";
import { getTicket } from "../reading/read-tickets.server";
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
 * What the cards of messages show to this reader, by the messages' ids; null where it is nothing, whatever the cause.
 * @throws AppError `invalid_request` (422) for more than 20
 */
export async function listTicketCards(
  actor: Actor,
  messageIds: readonly string[],
): Promise<Record<string, TicketCard | null>> {
  if (messageIds.length > MOST_CARDS) throw invalid("invalid_request");
  const cards: Record<string, TicketCard | null> = {};
  for (const id of new Set(messageIds)) cards[id] = await getSharedTicket(actor, id).then(toCard, asNothing);
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

function asNothing(error: unknown): null {
  if (error instanceof AppError && (error.status === 404 || error.status === 403)) return null;
  throw error;
}

function asMissing(error: unknown): never {
  throw error instanceof AppError && error.status === 404 ? notFound("ticket") : error;
}
