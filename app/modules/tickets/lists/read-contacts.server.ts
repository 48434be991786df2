import { and, desc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import type { ChannelKind } from "~/modules/channels";
import { readPhone } from "~/modules/contacts";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { contactsInSight, regionOf, requireContactsMember } from "../contacts/contact-sight.server";

/** A customer as the organisation sees it. */
export type Contact = {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  notes: string | null;
  tags: string[];
  /** Values of the organisation's own fields by their key. */
  fields: Record<string, unknown>;
  blocked_at: string | null;
  created_at: string;
  channels: { id: string; kind: ChannelKind }[];
};

const { contact, identity, channel } = schema;
type Row = typeof contact.$inferSelect;

/**
 * What is asked for as a condition: part of a name, telephone, e-mail address or tag; case and accents do not matter, and a
 * telephone is found however it is written.
 */
function matching(q: string | undefined, region: string): SQL | undefined {
  const text = q?.replaceAll("\u0000", "").toWellFormed().trim();
  if (!text) return undefined;
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const digits = /^[\d\s().+\u2010-\u2015-]+$/.test(text) ? text.replace(/\D/g, "") : "";
  const key = digits.length > 5 ? readPhone(text, region)?.phoneKey : undefined;
  return or(
    sql`search_fold(${contact.name}) like search_fold(${part})`,
    ilike(contact.email, part),
    digits.length > 2 ? sql`${contact.phone} like ${`%${digits}%`}` : undefined,
    key ? eq(contact.phoneKey, key) : undefined,
    sql`exists (select from unnest(${contact.tags}) word where search_fold(word) like search_fold(${part}))`,
  );
}

const CURSOR = /^(\d{1,13})\.([0-9a-f-]{36})$/;

function afterCursor(cursor: string | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !isUuid(id)) throw invalid("cursor_invalid");
  return sql`(${contact.createdAt}, ${contact.id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${id}::uuid)`;
}

/** A page of the contacts that a member sees, the newest first; `q` is part of a name, telephone, e-mail address or tag. */
export async function listContacts(
  actor: Actor,
  orgId: string,
  page: { q?: string; tag?: string; cursor?: string; limit: number },
): Promise<{ contacts: Contact[]; nextCursor: string | null }> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const tagged = page.tag ? sql`${contact.tags} @> array[${page.tag}]::text[]` : undefined;
    const asked = matching(page.q, page.q ? await regionOf(tx, orgId) : "");
    const rows = await tx
      .select()
      .from(contact)
      .where(and(await contactsInSight(tx, membership), asked, tagged, afterCursor(page.cursor)))
      .orderBy(desc(contact.createdAt), desc(contact.id))
      .limit(page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const last = kept.at(-1);
    return {
      contacts: await showContacts(tx, kept),
      nextCursor: rows.length > page.limit && last ? `${last.createdAt.getTime()}.${last.id}` : null,
    };
  });
}

/** One contact. @throws AppError 404 when there is none in the organisation, or none that the member sees */
export async function getContact(actor: Actor, orgId: string, contactId: string): Promise<Contact> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const [found] = await showContacts(tx, [await requireContact(tx, membership, contactId)]);
    if (!found) throw notFound("contact");
    return found;
  });
}

/** @throws AppError 404 when there is none in the organisation, or none that the member sees */
export async function requireContact(tx: Tx, membership: Membership, contactId: string): Promise<Row> {
  const mine = and(eq(contact.id, contactId), await contactsInSight(tx, membership));
  const [row] = isUuid(contactId) ? await tx.select().from(contact).where(mine) : [];
  if (!row) throw notFound("contact");
  return row;
}

/** Contacts whom the caller knows to be in the reader's sight, with the channels on which each is known. */
export async function showContacts(tx: Tx, rows: readonly Row[]): Promise<Contact[]> {
  if (rows.length === 0) return [];
  const doors = await tx
    .selectDistinct({ contactId: identity.contactId, id: channel.id, kind: channel.kind })
    .from(identity)
    .innerJoin(channel, eq(channel.id, identity.channelId))
    .where(
      inArray(
        identity.contactId,
        rows.map(({ id }) => id),
      ),
    );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    notes: row.notes,
    tags: row.tags,
    fields: row.fields,
    blocked_at: row.blockedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    channels: doors.flatMap(({ contactId, id, kind }) => (contactId === row.id ? [{ id, kind }] : [])),
  }));
}
