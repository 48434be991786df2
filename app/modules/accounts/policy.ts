import { forbidden, notFound } from "~/platform/errors";
import { type Actor, allows, type Membership, membershipIn } from "./actor";

/** What may be done to an organisation's people and areas. Agents see who their colleagues are; admins change it. */
export const actions = {
  "members.read": "agent",
  "members.write": "admin",
  "invitations.write": "admin",
  "areas.read": "agent",
  "areas.write": "admin",
  "organisation.read": "agent",
  "organisation.write": "admin",
  "tokens.read": "admin",
  "tokens.write": "admin",
  "audit.read": "admin",
  "webhooks.read": "admin",
  "webhooks.write": "admin",
  "flows.read": "admin",
  "flows.write": "admin",
} as const;
export type AccountAction = keyof typeof actions;

/** API tokens carry scopes by these names: `members:read` and so on; `*` is all of them. */
const scopeOf = (action: AccountAction) => action.replace(".", ":");

const rolePermits = (membership: Membership | undefined, action: AccountAction) =>
  membership !== undefined && (membership.role === "admin" || actions[action] === "agent");

export const may = (actor: Actor, orgId: string, action: AccountAction): boolean =>
  actor.kind === "system" || (rolePermits(membershipIn(actor, orgId), action) && allows(actor, scopeOf(action)));

/**
 * The membership by which an actor may do something; undefined for the system, which may do all.
 * @throws AppError `not_found` to who does not belong to the organisation, so that its existence is not told; `forbidden`;
 * `missing_scope` (403) to an API token
 */
export function authorise(actor: Actor, orgId: string, action: AccountAction): Membership | undefined {
  if (actor.kind === "system") return undefined;
  const membership = membershipIn(actor, orgId);
  if (!membership) throw notFound("organisation");
  if (!rolePermits(membership, action)) throw forbidden();
  if (!allows(actor, scopeOf(action))) throw forbidden("missing_scope");
  return membership;
}

/** What screens may offer for one member, given who looks and how many admins there are. */
export function memberRights(actor: Actor, orgId: string, member: { accountId: string; role: string }, admins: number) {
  const write = may(actor, orgId, "members.write");
  const isSelf = actor.kind === "account" && actor.accountId === member.accountId;
  const isLastAdmin = member.role === "admin" && admins <= 1;
  return {
    changeRole: write && !isLastAdmin,
    changeAreas: write,
    remove: (write || isSelf) && !isLastAdmin,
    changeAvailability: write || isSelf,
  };
}
