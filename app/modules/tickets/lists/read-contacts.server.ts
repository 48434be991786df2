import { and, desc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import type { ChannelKind } from "~/modules/channels";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { visibleTo } from "./visible-to.server";

/** A customer as the organisation sees it. */
export type Contact = {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  notes: string | null;
  tags: string[];
  blocked_at: string | null;
  created_at: string;
  channels: { id: string; kind: ChannelKind }[];
};

const { contact, ticket, identity, channel } = schema;
type Row = typeof contact.$inferSelect;

/**
 * Which contacts a member sees (R10): an agent those who have a ticket that the agent sees, since a contact's notes and
 * telephone are as private as what they wrote; an admin all, with those who never got a ticket.
 */
async function seenBy(tx: Tx, membership: Membership): Promise<SQL | undefined> {
  if (membership.role === "admin") return undefined;
  return sql`exists (select from ${ticket} where ${ticket.contactId} = ${contact.id} and ${await visibleTo(tx, membership)})`;
}

function matching(q: string | undefined): SQL | undefined {
  const text = q?.replaceAll("\u0000", "").toWellFormed().trim();
  if (!text) return undefined;
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(contact.name, part), ilike(contact.phone, part), ilike(contact.email, part));
}

const CURSOR = /^(\d{1,13})\.([0-9a-f-]{36})$/;

function afterCursor(cursor: string | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !isUuid(id)) throw invalid("cursor_invalid");
  return sql`(${contact.createdAt}, ${contact.id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${id}::uuid)`;
}

/** A page of the contacts that a member sees, the newest first; `q` is part of a name, telephone or e-mail address. */
export async function listContacts(
  actor: Actor,
  orgId: string,
  page: { q?: string; cursor?: string; limit: number },
): Promise<{ contacts: Contact[]; nextCursor: string | null }> {
  const { membership } = requireMembership(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const rows = await tx
      .select()
      .from(contact)
      .where(and(await seenBy(tx, membership), matching(page.q), afterCursor(page.cursor)))
      .orderBy(desc(contact.createdAt), desc(contact.id))
      .limit(page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const last = kept.at(-1);
    return {
      contacts: await withChannels(tx, kept),
      nextCursor: rows.length > page.limit && last ? `${last.createdAt.getTime()}.${last.id}` : null,
    };
  });
}

/** One contact. @throws AppError 404 when there is none in the organisation, or none that the member sees */
export async function getContact(actor: Actor, orgId: string, contactId: string): Promise<Contact> {
  const { membership } = requireMembership(actor, orgId, "contacts:read");
  if (!isUuid(contactId)) throw notFound("contact");
  return inScope({ orgId }, async (tx) => {
    const rows = await tx
      .select()
      .from(contact)
      .where(and(eq(contact.id, contactId), await seenBy(tx, membership)));
    const [found] = await withChannels(tx, rows);
    if (!found) throw notFound("contact");
    return found;
  });
}

async function withChannels(tx: Tx, rows: readonly Row[]): Promise<Contact[]> {
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
    blocked_at: row.blockedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    channels: doors.flatMap(({ contactId, id, kind }) => (contactId === row.id ? [{ id, kind }] : [])),
  }));
}
