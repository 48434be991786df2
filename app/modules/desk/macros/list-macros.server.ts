import type { Actor } from "~/modules/accounts";
import { requireMembership } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import type { Macro } from "./macro";
import { readMacros } from "./macros-of.server";

/** The macros that a member may run: their own, and everybody's. They are few, so they come whole. */
export async function listMacros(actor: Actor, orgId: string): Promise<Macro[]> {
  const { membership } = requireMembership(actor, orgId, "macros:read");
  return inScope({ orgId }, (tx) => readMacros(tx, membership));
}
