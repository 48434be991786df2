import { type Actor, membershipIn } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { tagsIn } from "../lists/tags-in.server";
import { currentCursor } from "./feed.server";
import { getThread } from "./read-conversation.server";
import { getTicket, listAreas, listAssignees } from "./read-tickets.server";

/**
 * All that working on a ticket needs: the ticket, its conversation with the history, and who or what it can go to.
 * @throws AppError 404 when it is not the actor's to see
 */
export async function getTicketDesk(actor: Actor, ticketId: string) {
  const ticket = await getTicket(actor, ticketId);
  const membership = membershipIn(actor, ticket.org_id);
  if (!membership) throw notFound("ticket");
  const feed = await inScope({ orgId: ticket.org_id }, currentCursor);
  const [thread, areas, assignees, tags] = await Promise.all([
    getThread(actor, ticket.conversation_id),
    listAreas(actor, ticket.org_id),
    listAssignees(actor, ticket.org_id),
    inScope({ orgId: ticket.org_id }, (tx) => tagsIn(tx, ticket.org_id)),
  ]);
  const { memberId, role, areaIds } = membership;
  return { ticket, thread, areas, assignees, tags, feed, me: { memberId, role, areaIds } };
}
