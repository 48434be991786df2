import type { Role } from "~db/schema/accounts";

/** What an account is in one organisation. */
export type Membership = { orgId: string; memberId: string; role: Role; areaIds: readonly string[] };

/** A person who is signed in, or a program with a member's API token (`token`), which acts as that member. */
export type AccountActor = {
  readonly kind: "account";
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** The browser session; null for an API token. */
  readonly sessionId: string | null;
  /** Only organisations that are not suspended and memberships that were not removed. */
  readonly memberships: readonly Membership[];
  readonly token: { id: string; scopes: readonly string[] } | null;
};

/** A customer on the public chat, known by a secret of that conversation alone. */
export type GuestActor = {
  readonly kind: "guest";
  readonly guestId: string;
  readonly orgId: string;
  readonly contactId: string;
  readonly identityId: string;
  readonly conversationId: string;
  readonly name: string;
};

/** The product itself: jobs, webhooks, bots. */
export type SystemActor = { readonly kind: "system" };

export type Actor = AccountActor | GuestActor | SystemActor;

export const SYSTEM: SystemActor = { kind: "system" };

export function membershipIn(actor: Actor, orgId: string | null | undefined): Membership | undefined {
  if (actor.kind !== "account" || !orgId) return undefined;
  return actor.memberships.find((membership) => membership.orgId === orgId);
}

/** Whether an API token's scopes allow something; a browser session has no such limit. */
export function allows(actor: Actor, scope: string): boolean {
  if (actor.kind !== "account" || !actor.token) return true;
  return actor.token.scopes.includes("*") || actor.token.scopes.includes(scope);
}
