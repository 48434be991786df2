import { eq } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";

type OrganisationRow = typeof schema.organisation.$inferSelect;

/** The organisation for its members and their programs. @throws AppError `not_found`, `forbidden` (`missing_scope`) */
export async function readOrganisation(ctx: Context<Actor>, orgId: string): Promise<OrganisationRow> {
  authorise(ctx.actor, orgId, "organisation.read");
  return getOrganisation(ctx, orgId);
}

/** The organisation by its handle or id, suspended or not. Sees what the transaction's scope sees. @throws `not_found` */
export async function getOrganisation(ctx: Pick<Context, "tx">, handleOrId: string): Promise<OrganisationRow> {
  const { organisation } = schema;
  const isId: boolean = isUuid(handleOrId);
  const which = isId ? eq(organisation.id, handleOrId) : eq(organisation.handle, handleOrId.toLowerCase());
  const [found] = await ctx.tx.select().from(organisation).where(which);
  if (!found) throw notFound("organisation");
  return found;
}
