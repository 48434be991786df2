import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordChange } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { CannedReply, ReplyDraft } from "./canned-reply";
import { checkReply, lockReply, readReply, requireFree, standInLine } from "./replies-of.server";

/**
 * Changes a canned reply; what is not named stays.
 * @throws AppError like `checkReply`; 404 for what is not the member's to change, `shortcut_taken` (409)
 */
export async function updateReply(
  actor: Actor,
  orgId: string,
  id: string,
  { shortcut, title, text }: Partial<ReplyDraft>,
): Promise<CannedReply> {
  const { membership } = requireMembership(actor, orgId, "canned_replies:write");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx, now } = ctx;
    await standInLine(tx, orgId);
    const row = await lockReply(tx, membership, id);
    const kept = checkReply({ shortcut, title, text });
    if (kept.shortcut !== undefined) await requireFree(tx, orgId, row, kept.shortcut, id);
    const { cannedReply } = schema;
    await tx
      .update(cannedReply)
      .set({ ...kept, updatedAt: now })
      .where(eq(cannedReply.id, id));
    if (row.scope === "organisation") {
      const before = { shortcut: row.shortcut, title: row.title, text: row.text };
      const after = { ...before, ...kept };
      await recordChange(ctx, { orgId, action: "reply.changed", subject: { id, name: after.title }, before, after });
    }
    return readReply(tx, membership, id);
  });
}
