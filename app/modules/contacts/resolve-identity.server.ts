import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { type Address, IDENTIFYING, phoneKey } from "~/modules/channels";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

export type ContactRow = typeof schema.contact.$inferSelect;
export type IdentityRow = typeof schema.identity.$inferSelect;

export type Person = {
  addresses: readonly Address[];
  /** The name that the person gave the provider; may be absent. */
  profileName?: string | null;
  /** What to call somebody who gave no name. */
  standIn?: string;
  /** E.164 with `+`, when the channel tells it. */
  phone?: string | null;
  /** The account on the internal channel. */
  accountId?: string | null;
};

export type Resolved = { contact: ContactRow; identity: IdentityRow; created: boolean };

type Channel = { id: string; orgId: string };

/** The identity that one of the addresses proves; a user name, which may pass to a stranger, proves nothing. */
export async function findByAddress(
  ctx: Context,
  channel: Channel,
  given: readonly Address[],
): Promise<IdentityRow | null> {
  const { identity, identityAddress } = schema;
  const addresses = given.filter((address) => IDENTIFYING[address.kind]);
  if (addresses.length === 0) return null;
  const rows = await ctx.tx
    .select({ identity, kind: identityAddress.kind, key: identityAddress.key })
    .from(identityAddress)
    .innerJoin(identity, eq(identity.id, identityAddress.identityId))
    .where(
      and(
        eq(identityAddress.channelId, channel.id),
        or(...addresses.map((a) => and(eq(identityAddress.kind, a.kind), eq(identityAddress.key, a.key)))),
      ),
    )
    // Whoever makes one contact of two waits until the message is stored, and the message knows the one that is left.
    .for("share", { of: identity });
  // Addresses come with the surest first; where two people share a body, the surest decides.
  for (const address of addresses) {
    const row = rows.find((r) => r.kind === address.kind && r.key === address.key);
    if (row) return row.identity;
  }
  return null;
}

/** Notes further addresses of an identity; those of somebody else stay theirs. */
export async function addAddresses(
  ctx: Context,
  channel: Channel,
  identityId: string,
  addresses: readonly Address[],
): Promise<void> {
  if (addresses.length === 0) return;
  await ctx.tx
    .insert(schema.identityAddress)
    .values(
      addresses.map((a) => ({ orgId: channel.orgId, channelId: channel.id, identityId, ...a, createdAt: ctx.now })),
    )
    .onConflictDoUpdate({
      target: [schema.identityAddress.channelId, schema.identityAddress.kind, schema.identityAddress.key],
      set: { raw: sql`excluded.raw` },
      setWhere: sql`${schema.identityAddress.raw} <> excluded.raw`,
    });
}

/**
 * The contact and identity of a person who writes on a channel, made at the first message. Safe when many first
 * messages arrive together: they stand in line by the surest address, and a unique index is the guard.
 */
export async function resolveIdentity(ctx: Context, channel: Channel, person: Person): Promise<Resolved> {
  const surest = person.addresses.find((address) => IDENTIFYING[address.kind]);
  if (!surest) throw new Error("a person whom no address proves");
  const known = await findByAddress(ctx, channel, person.addresses);
  if (known) return refresh(ctx, channel, known, person);
  const lockKey = `${channel.id}:${surest.kind}:${surest.key}`;
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lockKey}, 0))`);
  const meanwhile = await findByAddress(ctx, channel, person.addresses);
  if (meanwhile) return refresh(ctx, channel, meanwhile, person);
  return create(ctx, channel, person, surest);
}

async function create(ctx: Context, channel: Channel, person: Person, surest: Address): Promise<Resolved> {
  const { orgId } = channel;
  const contact = (await findByPhone(ctx, orgId, person)) ?? (await createContact(ctx, orgId, person, surest));
  const [identity] = await ctx.tx
    .insert(schema.identity)
    .values({
      id: newId(),
      orgId,
      contactId: contact.id,
      channelId: channel.id,
      accountId: person.accountId ?? null,
      createdAt: ctx.now,
    })
    .returning();
  if (!identity) throw new Error("insert returned nothing");
  await addAddresses(ctx, channel, identity.id, person.addresses);
  return { contact, identity, created: true };
}

/**
 * The contact that is known by the telephone which the provider vouches for, however it was written (pitfall 18). First
 * messages on two channels stand in line, so that they meet one contact.
 */
async function findByPhone(ctx: Context, orgId: string, person: Person): Promise<ContactRow | null> {
  const key = person.phone ? phoneKey(person.phone) : null;
  if (!key) return null;
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${orgId}:phone:${key}`}, 0))`);
  const { contact } = schema;
  const living = and(isNull(contact.mergedInto), isNull(contact.erasedAt));
  const find = async () => {
    const [row] = await ctx.tx
      .select()
      .from(contact)
      .where(and(eq(contact.orgId, orgId), eq(contact.phoneKey, key), living))
      .orderBy(asc(contact.createdAt), asc(contact.id))
      .limit(1)
      .for("no key update");
    return row ?? null;
  };
  // The one found first may have become part of another while its lock was waited for.
  return (await find()) ?? find();
}

async function createContact(ctx: Context, orgId: string, person: Person, surest: Address): Promise<ContactRow> {
  const given = person.profileName?.trim();
  const name = given || person.phone || person.standIn || surest.raw;
  const [contact] = await ctx.tx
    .insert(schema.contact)
    .values({
      id: newId(),
      orgId,
      name: name.slice(0, 200),
      named: Boolean(given),
      phone: person.phone ?? null,
      phoneKey: person.phone ? phoneKey(person.phone) : null,
      createdAt: ctx.now,
    })
    .returning();
  if (!contact) throw new Error("insert returned nothing");
  return contact;
}

/** Learns new addresses of a known person, and the profile's name unless somebody of the organisation wrote one. */
async function refresh(ctx: Context, channel: Channel, identity: IdentityRow, person: Person): Promise<Resolved> {
  await addAddresses(ctx, channel, identity.id, person.addresses);
  const [contact] = await ctx.tx.select().from(schema.contact).where(eq(schema.contact.id, identity.contactId));
  if (!contact) throw new Error(`identity ${identity.id} has no contact`);
  const name = person.profileName?.trim().slice(0, 200);
  const phone = contact.phone ?? person.phone ?? null;
  const key = phone ? (contact.phoneKey ?? phoneKey(phone)) : null;
  const renamed = name && !contact.nameEdited && name !== contact.name;
  if (!renamed && phone === contact.phone && key === contact.phoneKey) return { contact, identity, created: false };
  const [updated] = await ctx.tx
    .update(schema.contact)
    .set({ phone, phoneKey: key, ...(renamed && { name, named: true }) })
    .where(eq(schema.contact.id, contact.id))
    .returning();
  return { contact: updated ?? contact, identity, created: false };
}
