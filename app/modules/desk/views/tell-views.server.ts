import { and, eq, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { viewsChanged } from "../events";
import type { ViewRow } from "./views-of.server";

/** Tells the screens of those who see a view that it changed: its member's, or everybody's. */
export async function tellViews(ctx: Context, { orgId, memberId }: Pick<ViewRow, "orgId" | "memberId">): Promise<void> {
  if (memberId !== null) return ctx.emit(viewsChanged, { orgId, memberIds: [memberId] });
  const { member } = schema;
  const present = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)));
  ctx.emit(viewsChanged, { orgId, memberIds: present.map(({ id }) => id) });
}
