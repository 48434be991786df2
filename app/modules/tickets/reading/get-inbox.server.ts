import type { Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { requireMembership } from "../desk/load-for-member.server";
import type { InboxFilter } from "../inbox-filter";
import { currentCursor } from "./feed.server";
import { countTickets, listAreas, listTickets } from "./read-tickets.server";

const PAGE = 40;

/** What an inbox opens with; `feed` is the place from which the list keeps itself up to date. */
export async function getInbox(actor: Actor, orgId: string, filter: InboxFilter) {
  requireMembership(actor, orgId, "tickets:read");
  // Before the list: what happens in between is then heard twice, never missed.
  const feed = await inScope({ orgId }, currentCursor);
  const [page, counts, areas] = await Promise.all([
    listTickets(actor, orgId, filter, { limit: PAGE }),
    countTickets(actor, orgId),
    listAreas(actor, orgId),
  ]);
  return { ...page, counts, areas, feed };
}
