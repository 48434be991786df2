import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
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
  return transact(actor, { orgId }, async ({ tx }) => {
    await lockReply(tx, membership, id);
    const was = await readReply(tx, membership, id);
    await tx.delete(schema.cannedReply).where(eq(schema.cannedReply.id, id));
    return was;
  });
}
