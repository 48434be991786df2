import { eq } from "drizzle-orm";
import { forbidden } from "~/platform/errors";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { memberChanged } from "../events";
import { presentMembers } from "../members/present-members.server";
import { tellRights } from "../visitor/tell-rights.server";
import { lockOrganisation } from "./lock-organisation.server";

/**
 * Closes an organisation to its members, their tokens and its customers, or opens it again; nothing is deleted. Only for who runs the
 * installation.
 * @throws AppError `not_found`, `forbidden`
 */
export async function suspendOrganisation(
  ctx: Context<Actor>,
  input: { orgId: string; suspended: boolean },
): Promise<void> {
  const { organisation } = schema;
  if (ctx.actor.kind !== "system") throw forbidden();
  const { orgId, suspended } = input;
  await lockOrganisation(ctx, orgId);
  await ctx.tx
    .update(organisation)
    .set({ suspendedAt: suspended ? ctx.now : null })
    .where(eq(organisation.id, orgId));
  await recordAudit(ctx, { orgId, action: suspended ? "organisation.suspended" : "organisation.resumed" });
  const change = suspended ? "suspended" : "resumed";
  for (const one of await presentMembers(ctx, orgId)) ctx.emit(memberChanged, { orgId, ...one, change });
  await enqueue(ctx.tx, tellRights, { orgId });
}
