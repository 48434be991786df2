import { and, asc, inArray, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { AccountActor, Actor, Membership } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import type { ContactRow } from "~/modules/contacts/index.server";
import type { Tx } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { membershipNow } from "../desk/load-for-member.server";
import { visibleTo } from "../lists/visible-to.server";

const { contact, ticket } = schema;

/**
 * SQL of `contactRights`: the contacts that a member sees. One that became part of another, or whose data were deleted, is in
 * no list.
 */
export async function contactsInSight(tx: Tx, membership: Membership): Promise<SQL | undefined> {
  const living = and(isNull(contact.mergedInto), isNull(contact.erasedAt));
  if (membership.role === "admin") return living;
  const own = sql`${ticket.contactId} = ${contact.id}`;
  const hasTickets = sql`exists (select from ${ticket} where ${own})`;
  const seesOne = sql`exists (select from ${ticket} where ${own} and ${await visibleTo(tx, membership)})`;
  return and(living, or(not(hasTickets), seesOne));
}

/**
 * The membership by which an actor works with an organisation's contacts.
 * @throws AppError 404 where there is none, 403 `missing_scope` where an API token's scopes do not reach
 */
export function requireContactsMember(
  actor: Actor,
  orgId: string,
  scope: "contacts:read" | "contacts:write",
): { actor: AccountActor; membership: Membership } {
  const membership = membershipIn(actor, orgId);
  if (actor.kind !== "account" || !membership) throw notFound("organisation");
  if (!allows(actor, scope)) throw forbidden("missing_scope");
  return { actor, membership };
}

/**
 * Contacts, locked in the order of their ids, given in the order asked for, that the member sees once they are locked. Tickets
 * may be opened for them meanwhile.
 * @throws AppError 404 where one is not there, or not to be seen
 */
export async function lockContacts(tx: Tx, membership: Membership, ids: readonly string[]): Promise<ContactRow[]> {
  if (!ids.every(isUuid)) throw notFound("contact");
  const asked = inArray(contact.id, [...ids]);
  await tx.select({ id: contact.id }).from(contact).where(asked).orderBy(asc(contact.id)).for("no key update");
  const sight = await contactsInSight(tx, await membershipNow(tx, membership));
  const rows = await tx.select().from(contact).where(and(asked, sight));
  return ids.map((id) => {
    const row = rows.find((one) => one.id === id.toLowerCase());
    if (!row) throw notFound("contact");
    return row;
  });
}

/** The country in which an organisation's contacts write their telephones, ISO 3166. */
export async function regionOf(tx: Tx, orgId: string): Promise<string> {
  const { organisation } = schema;
  const [row] = await tx
    .select({ region: organisation.region })
    .from(organisation)
    .where(sql`${organisation.id} = ${orgId}`);
  return row?.region ?? "";
}
