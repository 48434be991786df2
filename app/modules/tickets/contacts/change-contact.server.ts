import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { applyPatch, type ContactPatch } from "~/modules/contacts";
import { readFields } from "~/modules/contacts/index.server";
import type { Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Contact, requireContact, showContacts } from "../lists/read-contacts.server";
import { tellContact } from "./contact-changed.server";
import { lockContacts, regionOf, requireContactsMember } from "./contact-sight.server";

async function around(tx: Tx, orgId: string, patch: ContactPatch) {
  const region = patch.phone ? await regionOf(tx, orgId) : "";
  const fields = patch.fields ? await readFields({ tx }, { orgId, subject: "contact" }) : [];
  return { region, fields };
}

async function shown(tx: Tx, row: typeof schema.contact.$inferSelect): Promise<Contact> {
  const [contact] = await showContacts(tx, [row]);
  if (!contact) throw new Error(`contact ${row.id} is out of scope`);
  return contact;
}

/**
 * A contact made by hand.
 * @throws AppError like `requireContactsMember`; 422 like `applyPatch`
 */
export async function createContact(
  actor: Actor,
  orgId: string,
  input: ContactPatch & { id?: string; name: string },
): Promise<Contact> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:write");
  const { id = newId(), ...patch } = input;
  return transact(actor, { orgId }, async ({ tx, now }) => {
    const details = applyPatch({ fields: {} }, patch, await around(tx, orgId, patch));
    const { name } = details;
    if (name === undefined) throw invalid("contact_name_invalid");
    const values = { ...details, name, id, orgId, nameEdited: true, createdAt: now };
    const [made] = await tx.insert(schema.contact).values(values).onConflictDoNothing().returning();
    // Asked for again: what was made the first time, for whoever sees it.
    return shown(tx, made ?? (await requireContact(tx, membership, id)));
  });
}

/**
 * Changes what is known of a contact; what is not named stays. A name that a person wrote is no longer the provider's to
 * change. Screens hear of a new name.
 * @throws AppError 404 without sight; 422 like `applyPatch`
 */
export async function updateContact(
  actor: Actor,
  orgId: string,
  contactId: string,
  patch: ContactPatch & { blocked?: boolean },
): Promise<Contact> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:write");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx } = ctx;
    const [known] = await lockContacts(tx, membership, [contactId]);
    if (!known) throw new Error("no contact");
    const { blocked, ...details } = patch;
    const set = {
      ...applyPatch(known, details, await around(tx, orgId, details)),
      ...(details.name !== undefined && { named: true, nameEdited: true }),
      // R1: what a blocked contact writes is stored, and opens no ticket.
      ...(blocked !== undefined && { blockedAt: blocked ? (known.blockedAt ?? ctx.now) : null }),
    };
    if (Object.keys(set).length === 0) return shown(tx, known);
    const [row] = await tx.update(schema.contact).set(set).where(eq(schema.contact.id, known.id)).returning();
    if (!row) throw new Error(`contact ${known.id} is out of scope`);
    if (row.name !== known.name) await tellContact(ctx, row);
    return shown(tx, row);
  });
}
