import { eq } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { getOrganisation } from "~/modules/accounts/index.server";
import { clockMovedMs } from "~/platform/clock";
import { inScope, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { tagsIn } from "../lists/tags-in.server";
import { countNotices } from "../notices/read-notices.server";
import { mayAskRating } from "../rating/ask-rating.server";
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
  const { feed, closingReasons, asksRating } = await inScope({ orgId }, async (tx) => ({
    feed: await currentCursor(tx),
    closingReasons: (await getOrganisation({ tx }, orgId)).closingReasons,
    asksRating: await ratingOffered(tx, ticketId),
  }));
  const [thread, areas, assignees, notices, tags] = await Promise.all([
    getThread(actor, ticket.conversation_id),
    listAreas(actor, ticket.org_id),
    listAssignees(actor, ticket.org_id),
    countNotices(actor, orgId, { ticketId }),
    inScope({ orgId }, (tx) => tagsIn(tx, orgId)),
  ]);
  const { memberId, role, areaIds } = membership;
  return {
    ...{ ticket, thread, areas, assignees, tags, closingReasons, asksRating, feed, called },
    me: { memberId, role, areaIds },
    noticed: notices > 0,
  };
}

/** Whether the customer of a ticket that is closed now could be asked how it was. */
async function ratingOffered(tx: Tx, ticketId: string): Promise<boolean> {
  const { ticket, conversation } = schema;
  const [row] = await tx
    .select({ ticket, conversation })
    .from(ticket)
    .innerJoin(conversation, eq(conversation.id, ticket.conversationId))
    .where(eq(ticket.id, ticketId));
  return row !== undefined && mayAskRating(tx, row.ticket, row.conversation, new Date(Date.now() + clockMovedMs()));
}
