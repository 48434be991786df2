import { eq } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

type OrganisationRow = typeof schema.organisation.$inferSelect;

/** The organisation by its handle or id, suspended or not. Sees what the transaction's scope sees. @throws `not_found` */
export async function getOrganisation(ctx: Pick<Context, "tx">, handleOrId: string): Promise<OrganisationRow> {
  const { organisation } = schema;
  const isId: boolean = isUuid(handleOrId);
  const which = isId ? eq(organisation.id, handleOrId) : eq(organisation.handle, handleOrId.toLowerCase());
  const [found] = await ctx.tx.select().from(organisation).where(which);
  if (!found) throw notFound("organisation");
  return found;
}
