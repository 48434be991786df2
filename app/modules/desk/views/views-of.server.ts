import { and, asc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import { inboxFilterOf, inboxSearch } from "~/modules/tickets";
import type { Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { SavedView } from "./saved-view";

const { savedView } = schema;
export type ViewRow = typeof savedView.$inferSelect;

/** Only what the inbox's address can say is kept of a filter. */
export const cleanFilter = (filter: string): string => inboxSearch(inboxFilterOf(new URLSearchParams(filter)));

export const toView = (row: ViewRow): SavedView => ({
  id: row.id,
  name: row.name,
  filter: cleanFilter(row.filter),
  shared: row.memberId === null,
  position: row.position,
});

const seenBy = ({ orgId, memberId }: Membership): SQL | undefined =>
  and(eq(savedView.orgId, orgId), or(isNull(savedView.memberId), eq(savedView.memberId, memberId)));

/** Everybody's and the member's own, each in its order. */
export const viewsOf = (tx: Tx, membership: Membership): Promise<ViewRow[]> =>
  tx
    .select()
    .from(savedView)
    .where(seenBy(membership))
    .orderBy(sql`${savedView.memberId} is not null`, asc(savedView.position), asc(savedView.id));

/** A view that the member may change, locked: their own, and for admins everybody's. @throws AppError 404 */
export async function lockView(tx: Tx, membership: Membership, id: string): Promise<ViewRow> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(savedView)
        .where(and(seenBy(membership), eq(savedView.id, id)))
        .for("update")
    : [];
  if (!row || !mayKeep(membership, row.memberId === null)) throw notFound("view");
  return row;
}

/** Everybody's views are the admins'. */
export const mayKeep = ({ role }: Membership, shared: boolean): boolean => !shared || role === "admin";

/** SQL: the views beside which one stands: everybody's, or one member's. */
export const beside = (orgId: string, memberId: string | null): SQL | undefined =>
  and(eq(savedView.orgId, orgId), memberId === null ? isNull(savedView.memberId) : eq(savedView.memberId, memberId));
