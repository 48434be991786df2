import { and, asc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Secret } from "./secret-fields";

const { orgSecret } = schema;
export type SecretRow = typeof orgSecret.$inferSelect;

export const secretView = ({ id, name, hosts, updatedAt }: SecretRow): Secret => ({
  ...{ id, name, hosts },
  updatedAt: updatedAt.toISOString(),
});

/** A secret that the actor may change, held. @throws AppError `not_found`, `forbidden` */
export async function lockSecret(ctx: Context<Actor>, orgId: string, secretId: string): Promise<SecretRow> {
  authorise(ctx.actor, orgId, "flows.write");
  const mine = and(eq(orgSecret.orgId, orgId), eq(orgSecret.id, secretId));
  const [row] = isUuid(secretId) ? await ctx.tx.select().from(orgSecret).where(mine).for("update") : [];
  if (!row) throw notFound("secret");
  return row;
}

/** The names and hosts of an organisation's secrets, by name. @throws AppError `not_found`, `forbidden` */
export async function listSecrets(ctx: Context<Actor>, orgId: string): Promise<Secret[]> {
  authorise(ctx.actor, orgId, "flows.write");
  const rows = await ctx.tx.select().from(orgSecret).where(eq(orgSecret.orgId, orgId)).orderBy(asc(orgSecret.name));
  return rows.map(secretView);
}
