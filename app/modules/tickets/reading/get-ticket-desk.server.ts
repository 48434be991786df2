import { type Actor, membershipIn } from "~/modules/accounts";
import { getOrganisation } from "~/modules/accounts/index.server";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { tagsIn } from "../lists/tags-in.server";
import { countNotices } from "../notices/read-notices.server";
import { currentCursor } from "./feed.server";
import { getThread } from "./read-conversation.server";
import { listAreas, listAssignees, seeTicket } from "./read-tickets.server";

/**
 * All that working on a ticket needs: the ticket, its conversation with the history, and who or what it can go to.
 * @throws AppError 404 when it is not the actor's to see
 */
export async function getTicketDesk(actor: Actor, ticketId: string) {
  const { ticket: seen, orgId, called } = await seeTicket(actor, ticketId);
  const ticket = { ...seen, org_id: orgId };
  const membership = membershipIn(actor, ticket.org_id);
  if (!membership) throw notFound("ticket");
  const { feed, closingReasons } = await inScope({ orgId: ticket.org_id }, async (tx) => ({
    feed: await currentCursor(tx),
    closingReasons: (await getOrganisation({ tx }, ticket.org_id)).closingReasons,
  }));
  const [thread, areas, assignees, notices, tags] = await Promise.all([
    getThread(actor, ticket.conversation_id),
    listAreas(actor, ticket.org_id),
    listAssignees(actor, ticket.org_id),
    countNotices(actor, orgId, ticketId),
    inScope({ orgId }, (tx) => tagsIn(tx, orgId)),
  ]);
  const { memberId, role, areaIds } = membership;
  return {
    ...{ ticket, thread, areas, assignees, tags, closingReasons, feed, called },
    me: { memberId, role, areaIds },
    noticed: notices > 0,
  };
}
