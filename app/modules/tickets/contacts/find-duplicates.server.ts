import { and, desc, eq, ne, or } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { type Contact, showContacts } from "../lists/read-contacts.server";
import { contactsInSight } from "./contact-sight.server";

const MOST = 5;

/** Contacts in the member's sight that have the same telephone, however it is written, or the same e-mail address. */
export async function findDuplicates(
  tx: Tx,
  membership: Membership,
  of: { id: string; phoneKey: string | null; email: string | null },
): Promise<Contact[]> {
  if (!of.phoneKey && !of.email) return [];
  const { contact } = schema;
  const same = or(
    of.phoneKey ? eq(contact.phoneKey, of.phoneKey) : undefined,
    of.email ? eq(contact.email, of.email) : undefined,
  );
  const rows = await tx
    .select()
    .from(contact)
    .where(and(ne(contact.id, of.id), same, await contactsInSight(tx, membership)))
    .orderBy(desc(contact.createdAt), desc(contact.id))
    .limit(MOST);
  return showContacts(tx, rows);
}
