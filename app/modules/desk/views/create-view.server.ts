import { and, count, eq, max } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { conflict, forbidden, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { LONGEST_VIEW_NAME, MOST_VIEWS, type SavedView } from "./saved-view";
import { tellViews } from "./tell-views.server";
import { beside, cleanFilter, mayKeep, toView } from "./views-of.server";

export type NewView = { name: string; filter: string; shared?: boolean; position?: number };

/** A name as it is kept. @throws AppError `view_name_invalid` */
export function viewName(name: string): string {
  const kept = name.replaceAll("\u0000", "").toWellFormed().trim();
  if (kept === "" || kept.length > LONGEST_VIEW_NAME) throw invalid("view_name_invalid");
  return kept;
}

/**
 * Keeps a filter of the inbox under a name: for the member alone, or, by an admin, for everybody. With `onceId` a repeat
 * makes no second one.
 * @throws AppError `view_name_invalid`, `too_many_views`, 403 for everybody's by who is no admin
 */
export async function createView(actor: Actor, orgId: string, draft: NewView, onceId?: string): Promise<SavedView> {
  const { membership } = requireMembership(actor, orgId, "tickets:write");
  const shared = draft.shared ?? false;
  if (!mayKeep(membership, shared)) throw forbidden();
  const name = viewName(draft.name);
  return transact(actor, { orgId }, async (ctx) => {
    const { tx, now } = ctx;
    const { savedView } = schema;
    const memberId = shared ? null : membership.memberId;
    if (onceId) {
      const own = and(beside(orgId, memberId), eq(savedView.id, onceId));
      const [made] = await tx.select().from(savedView).where(own);
      if (made) return toView(made);
    }
    const [stands] = await tx
      .select({ views: count(), last: max(savedView.position) })
      .from(savedView)
      .where(beside(orgId, memberId));
    if ((stands?.views ?? 0) >= MOST_VIEWS) throw conflict("too_many_views", { most: MOST_VIEWS });
    const position = draft.position ?? (stands?.last ?? -1) + 1;
    const [row] = await tx
      .insert(savedView)
      .values({
        id: onceId ?? newId(),
        orgId,
        memberId,
        name,
        filter: cleanFilter(draft.filter),
        position,
        createdAt: now,
      })
      .returning();
    if (!row) throw new Error("insert returned nothing");
    await tellViews(ctx, row);
    return toView(row);
  });
}
