import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { SavedView } from "./saved-view";
import { tellViews } from "./tell-views.server";
import { lockView, toView } from "./views-of.server";

/**
 * Forgets a view; answers what it was, from which `createView` makes it again.
 * @throws AppError 404 for what is not the member's to change
 */
export async function deleteView(actor: Actor, orgId: string, id: string): Promise<SavedView> {
  const { membership } = requireMembership(actor, orgId, "tickets:write");
  return transact(actor, { orgId }, async (ctx) => {
    const row = await lockView(ctx.tx, membership, id);
    await ctx.tx.delete(schema.savedView).where(eq(schema.savedView.id, id));
    await tellViews(ctx, row);
    return toView(row);
  });
}
