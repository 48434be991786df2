import { eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AccountActor } from "../actor";

/** Changes what the actor is called and which language they read; `locale` null follows the browser. */
export async function updateProfile(
  ctx: Context<AccountActor>,
  input: { name?: string; locale?: string | null },
): Promise<void> {
  await ctx.tx
    .update(schema.account)
    .set({ ...input, updatedAt: ctx.now })
    .where(eq(schema.account.id, ctx.actor.accountId));
}
