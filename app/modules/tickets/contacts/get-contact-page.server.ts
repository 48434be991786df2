import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import type { ChannelKind } from "~/modules/channels";
import { type ContactRights, type CustomField, contactRights, type Tag } from "~/modules/contacts";
import { listTags, readFields } from "~/modules/contacts/index.server";
import type { Tx } from "~/platform/db.server";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Contact, requireContact, showContacts } from "../lists/read-contacts.server";
import { visibleTo } from "../lists/visible-to.server";
import { requireContactsMember } from "./contact-sight.server";
import { findDuplicates } from "./find-duplicates.server";

/** A way by which the contact writes: its channel, what the provider knows it by, and the ticket that opens it. */
export type ContactDoor = {
  id: string;
  channel: { id: string; kind: ChannelKind; name: string; disabled: boolean };
  address: string | null;
  /** The newest ticket there that the reader sees; null: nothing to open. */
  ticket_id: string | null;
};

export type ContactPage = {
  contact: Contact;
  rights: ContactRights;
  doors: ContactDoor[];
  fields: CustomField[];
  tags: Tag[];
  duplicates: Contact[];
  merges: { id: string; name: string; by: string; at: string }[];
};

const { contact, identity, identityAddress, channel, conversation, ticket, contactMerge } = schema;

/**
 * All that a contact's page shows but its messages.
 * @throws AppError 404 when there is none, or none that the member sees
 */
export async function getContactPage(actor: Actor, orgId: string, contactId: string): Promise<ContactPage> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:read");
  return transact(actor, { orgId }, async (ctx) => {
    const { tx } = ctx;
    const row = await requireContact(tx, membership, contactId);
    const [shown] = await showContacts(tx, [row]);
    if (!shown) throw new Error(`contact ${contactId} is out of scope`);
    return {
      contact: shown,
      rights: contactRights(membership.role, { hasTickets: true, seesTicket: true }),
      doors: await doorsOf(tx, membership, row.id),
      fields: await readFields(ctx, { orgId, subject: "contact" }),
      tags: await listTags(ctx, orgId),
      duplicates: await findDuplicates(tx, membership, row),
      merges: await mergesOf(tx, row.id),
    };
  });
}

/** The addresses that say something to people. */
const READABLE = sql`${identityAddress.kind} in ('phone', 'wa_id', 'username')`;

async function doorsOf(tx: Tx, membership: Membership, contactId: string): Promise<ContactDoor[]> {
  const newest = tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversation.id), await visibleTo(tx, membership)))
    .orderBy(desc(ticket.openedAt), desc(ticket.id))
    .limit(1);
  const address = tx
    .select({ raw: identityAddress.raw })
    .from(identityAddress)
    .where(and(eq(identityAddress.identityId, identity.id), READABLE))
    .orderBy(asc(identityAddress.kind))
    .limit(1);
  const rows = await tx
    .select({
      id: identity.id,
      channel: { id: channel.id, kind: channel.kind, name: channel.name, disabledAt: channel.disabledAt },
      address: sql<string | null>`(${address})`,
      ticketId: sql<string | null>`(${newest})`,
    })
    .from(identity)
    .innerJoin(channel, eq(channel.id, identity.channelId))
    .leftJoin(conversation, eq(conversation.identityId, identity.id))
    .where(eq(identity.contactId, contactId))
    .orderBy(asc(identity.createdAt), asc(identity.id))
    .limit(100);
  return rows.map(({ id, ticketId, address, channel: { disabledAt, ...door } }) => ({
    id,
    channel: { ...door, disabled: disabledAt !== null },
    address,
    ticket_id: ticketId,
  }));
}

/** What became part of this contact and can be parted again, the newest first. */
async function mergesOf(tx: Tx, contactId: string): Promise<ContactPage["merges"]> {
  const rows = await tx
    .select({ id: contactMerge.id, name: contact.name, by: contactMerge.byName, at: contactMerge.createdAt })
    .from(contactMerge)
    .innerJoin(contact, and(eq(contact.id, contactMerge.mergedId), isNotNull(contact.mergedInto)))
    .where(and(eq(contactMerge.keptId, contactId), isNull(contactMerge.undoneAt), isNull(contact.erasedAt)))
    .orderBy(desc(contactMerge.createdAt), desc(contactMerge.id))
    .limit(20);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/**
 * Where a contact went that became part of another, so that links to it lead there; null where it did not, or where the member
 * does not see that one.
 */
export async function findMergedInto(actor: Actor, orgId: string, contactId: string): Promise<string | null> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:read");
  if (!isUuid(contactId)) return null;
  return transact(actor, { orgId }, async ({ tx }) => {
    let id = contactId;
    for (let steps = 0; steps < 20; steps++) {
      const [row] = await tx.select({ into: contact.mergedInto }).from(contact).where(eq(contact.id, id));
      if (!row?.into) break;
      id = row.into;
    }
    if (id === contactId) return null;
    return requireContact(tx, membership, id).then(
      () => id,
      () => null,
    );
  });
}
