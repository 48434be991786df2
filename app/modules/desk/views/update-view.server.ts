import { asc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { viewName } from "./create-view.server";
import type { SavedView } from "./saved-view";
import { tellViews } from "./tell-views.server";
import { beside, cleanFilter, lockView, toView } from "./views-of.server";

export type ViewPatch = {
  name?: string;
  filter?: string;
  /** Its place among those beside it, from 0; those that follow move down. */
  position?: number;
};

/**
 * Renames a view, gives it another filter or another place.
 * @throws AppError 404 for what is not the member's to change, `view_name_invalid`
 */
export async function updateView(actor: Actor, orgId: string, id: string, patch: ViewPatch): Promise<SavedView> {
  const { membership } = requireMembership(actor, orgId, "tickets:write");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx } = ctx;
    const { savedView } = schema;
    const row = await lockView(tx, membership, id);
    await tellViews(ctx, row);
    const changes = {
      ...(patch.name !== undefined && { name: viewName(patch.name) }),
      ...(patch.filter !== undefined && { filter: cleanFilter(patch.filter) }),
    };
    if (Object.keys(changes).length > 0) await tx.update(savedView).set(changes).where(eq(savedView.id, id));
    if (patch.position === undefined) return toView({ ...row, ...changes });
    const others = await tx
      .select({ id: savedView.id, position: savedView.position })
      .from(savedView)
      .where(beside(orgId, row.memberId))
      .orderBy(asc(savedView.position), asc(savedView.id))
      .for("update");
    const order = others.filter((one) => one.id !== id);
    const position = Math.min(Math.max(0, patch.position), order.length);
    order.splice(position, 0, { id, position: -1 });
    for (const [at, one] of order.entries()) {
      if (one.position !== at) await tx.update(savedView).set({ position: at }).where(eq(savedView.id, one.id));
    }
    return toView({ ...row, ...changes, position });
  });
}
