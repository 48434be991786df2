import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Macro } from "./macro";
import { lockMacro, toMacro } from "./macros-of.server";

/**
 * Forgets a macro; answers what it was, from which `createMacro` makes it again.
 * @throws AppError 404 for what is not the member's to change
 */
export async function deleteMacro(actor: Actor, orgId: string, id: string): Promise<Macro> {
  const { membership } = requireMembership(actor, orgId, "macros:write");
  return transact(actor, { orgId }, async (ctx) => {
    const row = await lockMacro(ctx.tx, membership, id);
    await ctx.tx.delete(schema.macro).where(eq(schema.macro.id, id));
    const { name, steps } = row;
    if (row.scope === "organisation")
      await recordAudit(ctx, { orgId, action: "macro.deleted", subject: { id, name }, before: { steps } });
    return toMacro(row, membership);
  });
}
