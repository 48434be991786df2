import type { Actor } from "~/modules/accounts";
import { inboxFilterOf } from "~/modules/tickets";
import { countFilters, type FilterCount, requireMembership } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import type { SavedView } from "./saved-view";
import { toView, viewsOf } from "./views-of.server";

export type CountedView = SavedView & FilterCount;

/** The filters that a member keeps and those that are everybody's, each with how many tickets it holds, up to 1,000. */
export async function listViews(actor: Actor, orgId: string): Promise<CountedView[]> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  const rows = await inScope({ orgId }, (tx) => viewsOf(tx, membership));
  const views = rows.map(toView);
  const counts = await countFilters(
    actor,
    orgId,
    views.map(({ filter }) => inboxFilterOf(new URLSearchParams(filter))),
  );
  return views.map((view, at) => ({ ...view, ...(counts[at] ?? { count: 0, more: false }) }));
}
