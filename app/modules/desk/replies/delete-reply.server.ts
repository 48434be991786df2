import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { CannedReply } from "./canned-reply";
import { lockReply, readReply } from "./replies-of.server";

/**
 * Forgets a canned reply; answers what it was, from which `createReply` makes it again.
 * @throws AppError 404 for what is not the member's to change
 */
export async function deleteReply(actor: Actor, orgId: string, id: string): Promise<CannedReply> {
  const { membership } = requireMembership(actor, orgId, "canned_replies:write");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx } = ctx;
    const row = await lockReply(tx, membership, id);
    const was = await readReply(tx, membership, id);
    await tx.delete(schema.cannedReply).where(eq(schema.cannedReply.id, id));
    const { shortcut, title, text } = was;
    if (row.scope === "organisation")
      await recordAudit(ctx, {
        orgId,
        action: "reply.deleted",
        subject: { id, name: title },
        before: { shortcut, title, text },
      });
    return was;
  });
}
