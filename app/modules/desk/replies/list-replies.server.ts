import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import type { CannedReply } from "./canned-reply";
import { readReplies } from "./replies-of.server";

/**
 * The canned replies that a member may use: their own, those of their areas (an admin's: of all), and everybody's, in this
 * order. They are few, so they come whole.
 */
export async function listReplies(actor: Actor, orgId: string): Promise<CannedReply[]> {
  const { membership } = requireMembership(actor, orgId, "canned_replies:read");
  return inScope({ orgId }, (tx) => readReplies(tx, membership));
}
