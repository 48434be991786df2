import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { forbidden, invalid, notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/**
 * Sets how many bytes an organisation's files may take together; null lifts the limit. What is there stays, also beyond it.
 * Only for who runs the installation.
 * @throws AppError `forbidden`, `not_found`, `invalid_request` for what is no whole number from 0 on
 */
export async function setFileQuota(ctx: Context<Actor>, input: { orgId: string; bytes: number | null }): Promise<void> {
  const { organisation } = schema;
  const { orgId, bytes } = input;
  if (ctx.actor.kind !== "system") throw forbidden();
  if (bytes !== null && !(Number.isSafeInteger(bytes) && bytes >= 0)) throw invalid("invalid_request");
  const changed = await ctx.tx
    .update(organisation)
    .set({ fileQuota: bytes })
    .where(eq(organisation.id, orgId))
    .returning({ id: organisation.id });
  if (changed.length === 0) throw notFound("organisation");
}
