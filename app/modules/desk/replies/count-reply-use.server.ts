import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { usedBy } from "./replies-of.server";

/** Notes that a canned reply was put into a ticket's answer. @throws AppError 404 for what is not the member's to use */
export async function countReplyUse(actor: Actor, orgId: string, id: string): Promise<void> {
  const { membership } = requireMembership(actor, orgId, "canned_replies:read");
  await transact(actor, { orgId }, async ({ tx }) => {
    const { cannedReply } = schema;
    const counted = isUuid(id)
      ? await tx
          .update(cannedReply)
          .set({ used: sql`${cannedReply.used} + 1` })
          .where(and(usedBy(membership), eq(cannedReply.id, id)))
          .returning({ id: cannedReply.id })
      : [];
    if (counted.length === 0) throw notFound("canned_reply");
  });
}
