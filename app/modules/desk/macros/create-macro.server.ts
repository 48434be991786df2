import { count } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import { conflict, forbidden } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Macro, MOST_MACROS, type NewMacro } from "./macro";
import {
  beside,
  checkName,
  checkSteps,
  findMacro,
  type MacroPlace,
  mayEdit,
  requireFreeName,
  standInLine,
  toMacro,
} from "./macros-of.server";

/**
 * Keeps several deeds under a name: for oneself, or, by an admin, for everybody. With `onceId` a repeat makes no second one.
 * @throws AppError like `checkName` and `checkSteps`; 403 for everybody's by who is no admin, `macro_name_taken`,
 *   `too_many_macros` (409)
 */
export async function createMacro(actor: Actor, orgId: string, draft: NewMacro, onceId?: string): Promise<Macro> {
  const { membership } = requireMembership(actor, orgId, "macros:write");
  const name = checkName(draft.name);
  const { scope } = draft;
  const place: MacroPlace = { scope, memberId: scope === "member" ? membership.memberId : null };
  if (!mayEdit(membership, place)) throw forbidden();
  return transact(actor, { orgId }, async (ctx) => {
    const { tx, now } = ctx;
    const { macro } = schema;
    await standInLine(tx, orgId);
    if (onceId) {
      const made = await findMacro(tx, membership, onceId).catch(() => null);
      if (made) return toMacro(made, membership);
    }
    const steps = await checkSteps(tx, draft.steps);
    const [there] = await tx.select({ n: count() }).from(macro).where(beside(orgId, place));
    if ((there?.n ?? 0) >= MOST_MACROS) throw conflict("too_many_macros", { most: MOST_MACROS });
    await requireFreeName(tx, orgId, place, name);
    const [row] = await tx
      .insert(macro)
      .values({ id: onceId ?? newId(), orgId, ...place, name, steps, createdAt: now, updatedAt: now })
      .returning();
    if (!row) throw new Error("insert returned nothing");
    // What is one's own is nobody else's to read about.
    if (scope === "organisation")
      await recordAudit(ctx, { orgId, action: "macro.created", subject: { id: row.id, name }, after: { steps } });
    return toMacro(row, membership);
  });
}
