import { type AccountActor, type Actor, allows, type Membership, membershipIn } from "~/modules/accounts";
import { forbidden, notFound } from "~/platform/errors";

/**
 * The admin's membership by which somebody changes what an organisation says of all its contacts.
 * @throws AppError `not_found` to who is not of it, `forbidden` to agents, `missing_scope` (403) to an API token
 */
export function requireContactsAdmin(
  actor: Actor,
  orgId: string,
  scope: "contacts:read" | "contacts:write" = "contacts:write",
): { actor: AccountActor; membership: Membership } {
  const membership = membershipIn(actor, orgId);
  if (actor.kind !== "account" || !membership) throw notFound("organisation");
  if (membership.role !== "admin") throw forbidden();
  if (!allows(actor, scope)) throw forbidden("missing_scope");
  return { actor, membership };
}
