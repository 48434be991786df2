import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordChange } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Macro, MacroDraft } from "./macro";
import { checkName, checkSteps, lockMacro, requireFreeName, standInLine, toMacro } from "./macros-of.server";

/**
 * Renames a macro or gives it other steps; what is not named stays.
 * @throws AppError like `checkName` and `checkSteps`; 404 for what is not the member's to change, `macro_name_taken` (409)
 */
export async function updateMacro(actor: Actor, orgId: string, id: string, draft: Partial<MacroDraft>): Promise<Macro> {
  const { membership } = requireMembership(actor, orgId, "macros:write");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx, now } = ctx;
    await standInLine(tx, orgId);
    const before = await lockMacro(tx, membership, id);
    const name = draft.name === undefined ? before.name : checkName(draft.name);
    const steps = draft.steps === undefined ? before.steps : await checkSteps(tx, draft.steps);
    const scope = before.scope === "member" ? "member" : "organisation";
    await requireFreeName(tx, orgId, { scope, memberId: before.memberId }, name, id);
    const { macro } = schema;
    const [row] = await tx.update(macro).set({ name, steps, updatedAt: now }).where(eq(macro.id, id)).returning();
    if (!row) throw new Error("a locked macro is not there");
    if (scope === "organisation")
      await recordChange(ctx, {
        orgId,
        action: "macro.changed",
        subject: { id, name },
        before: { name: before.name, steps: before.steps },
        after: { name, steps },
      });
    return toMacro(row, membership);
  });
}
