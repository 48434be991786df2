import type { Actor } from "~/modules/accounts";
import { getOrganisation } from "~/modules/accounts/index.server";
import { inScope } from "~/platform/db.server";
import { countTickets } from "../counts/count-tickets.server";
import { requireMembership } from "../desk/load-for-member.server";
import type { InboxFilter } from "../inbox-filter";
import { listChannelNames } from "../lists/channels-in.server";
import { listTickets } from "../lists/list-tickets.server";
import { tagsIn } from "../lists/tags-in.server";
import { currentCursor } from "./feed.server";
import { listAreas, listAssignees } from "./read-tickets.server";

const PAGE = 40;

/** What an inbox opens with; `feed` is the place from which the list keeps itself up to date. */
export async function getInbox(actor: Actor, orgId: string, filter: InboxFilter) {
  requireMembership(actor, orgId, "tickets:read");
  // Before the list: what happens in between is then heard twice, never missed.
  const feed = await inScope({ orgId }, currentCursor);
  const [page, counts, areas, assignees, channels, named] = await Promise.all([
    listTickets(actor, orgId, filter, { limit: PAGE }),
    countTickets(actor, orgId),
    listAreas(actor, orgId),
    listAssignees(actor, orgId),
    listChannelNames(actor, orgId),
    inScope({ orgId }, async (tx) => ({
      tags: await tagsIn(tx, orgId),
      closingReasons: (await getOrganisation({ tx }, orgId)).closingReasons,
    })),
  ]);
  return { ...page, counts, areas, assignees, channels, ...named, feed };
}
