import { and, eq, isNull } from "drizzle-orm";
import { forbidden, notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { type AccountAction, authorise } from "../policy";

const { member, organisation } = schema;

/**
 * Takes the organisation's row, so that changes of its people happen one after the other. Other work goes on: the lock
 * is the one that rows which only refer to the organisation do not wait for.
 * @throws AppError `not_found`
 */
export async function lockOrganisation(ctx: Pick<Context, "tx">, orgId: string): Promise<void> {
  const found = await ctx.tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(eq(organisation.id, orgId))
    .for("no key update");
  if (found.length === 0) throw notFound("organisation");
}

/**
 * The same for what needs a right: once the row is held, the actor's role is read anew, since it may have changed after
 * the request was let in.
 * @throws AppError `not_found`, `forbidden`
 */
export async function lockAndAuthorise(ctx: Context<Actor>, orgId: string, action: AccountAction): Promise<void> {
  const membership = authorise(ctx.actor, orgId, action);
  await lockOrganisation(ctx, orgId);
  if (!membership) return;
  const [now] = await ctx.tx
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.orgId, orgId), eq(member.id, membership.memberId), isNull(member.removedAt)));
  if (now?.role !== "admin") throw forbidden();
}
