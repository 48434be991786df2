import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor, GuestActor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import { createGuestSession, type Person, type Resolved, resolveIdentity } from "~/modules/contacts/index.server";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { ChannelKind } from "~db/schema/channels";
import type { ChannelRow } from "./receive-customer-message.server";

/** The conversation of an identity, made when there is none, and locked. */
export async function openCustomerConversation(
  ctx: Context,
  channel: ChannelRow,
  resolved: Resolved,
): Promise<ConversationRow> {
  const { conversation, participant } = schema;
  const { identity } = resolved;
  const mine = and(eq(conversation.identityId, identity.id), eq(conversation.kind, "customer"));
  const [known] = await ctx.tx.select().from(conversation).where(mine).for("update");
  if (known) return known;
  await ctx.tx
    .insert(conversation)
    .values({
      id: newId(),
      orgId: channel.orgId,
      kind: "customer",
      channelId: channel.id,
      identityId: identity.id,
      createdAt: ctx.now,
    })
    .onConflictDoNothing();
  const [row] = await ctx.tx.select().from(conversation).where(mine).for("update");
  if (!row) throw new Error(`no conversation for identity ${identity.id}`);
  if (identity.accountId) {
    await ctx.tx
      .insert(participant)
      .values({
        conversationId: row.id,
        accountId: identity.accountId,
        orgId: channel.orgId,
        role: "customer",
        joinedAt: ctx.now,
      })
      .onConflictDoNothing();
  }
  return row;
}

export type PublicOrganisation = {
  id: string;
  handle: string;
  name: string;
  locale: string;
  timeZone: string;
  colour: string | null;
  logoId: string | null;
  /** The sites that may show it in a frame. */
  widgetSites: string[];
};

/**
 * What everyone may know of an organisation that takes customers by its link.
 * @throws AppError 404 when there is none of that handle, or it is suspended
 */
export async function getPublicOrganisation(handle: string): Promise<PublicOrganisation> {
  const { organisation } = schema;
  const [row] = await asSystem("public chat link", (tx) =>
    tx
      .select({
        id: organisation.id,
        handle: organisation.handle,
        name: organisation.name,
        locale: organisation.locale,
        timeZone: organisation.timeZone,
        colour: organisation.colour,
        logoId: organisation.logoId,
        widgetSites: organisation.widgetSites,
      })
      .from(organisation)
      .where(and(eq(organisation.handle, handle.toLowerCase()), isNull(organisation.suspendedAt))),
  );
  if (!row) throw notFound("organisation");
  return row;
}

async function channelOf(ctx: Context, orgId: string, kind: ChannelKind): Promise<ChannelRow> {
  const { channel } = schema;
  const [row] = await ctx.tx
    .select()
    .from(channel)
    .where(and(eq(channel.orgId, orgId), eq(channel.kind, kind), isNull(channel.disabledAt)))
    .orderBy(channel.createdAt)
    .limit(1);
  if (!row) throw notFound("channel");
  return row;
}

export type GuestDoor = { token: string; conversationId: string; guest: Omit<GuestActor, "guestId"> };

/**
 * A new guest on an organisation's public chat: a contact, a conversation without messages, and the secret that opens
 * it. A name that is given is only what the guest says; it never finds an existing contact.
 */
export async function openGuestConversation(
  handle: string,
  given: { name?: string | null; area?: string | null; ref?: string | null; visitor?: string },
): Promise<GuestDoor> {
  const org = await getPublicOrganisation(handle);
  return transact(SYSTEM, { orgId: org.id }, async (ctx) => {
    const channel = await channelOf(ctx, org.id, "web");
    const visitor = await visitorName(ctx, channel.id, given.visitor);
    const standIn = GUEST_NAMES[org.locale] ?? "Visitante";
    const name = given.name?.replaceAll("\u0000", "").trim().slice(0, 80) || null;
    const person: Person = { addresses: [{ kind: "visitor", key: visitor, raw: visitor }], profileName: name, standIn };
    const resolved = await resolveIdentity(ctx, channel, person);
    const conversation = await openCustomerConversation(ctx, channel, resolved);
    await noteEntry(ctx, conversation.id, given);
    const token = await createGuestSession(ctx, {
      orgId: org.id,
      identityId: resolved.identity.id,
      conversationId: conversation.id,
    });
    return {
      token,
      conversationId: conversation.id,
      guest: {
        kind: "guest",
        orgId: org.id,
        contactId: resolved.contact.id,
        identityId: resolved.identity.id,
        conversationId: conversation.id,
        name: resolved.contact.name,
      },
    };
  });
}

/** How long a form that is sent again meets the conversation that it opened. */
const FORM_REPEATS_FOR_MS = 10 * 60_000;

/**
 * A page's own random name for its visitor, so that the same first message sent twice meets one conversation. It stands
 * in a page and must not stay a key to what is written there: after a while it opens a new conversation.
 */
async function visitorName(ctx: Context, channelId: string, given: string | undefined): Promise<string> {
  if (!given) return randomUUID();
  const { identityAddress } = schema;
  const [known] = await ctx.tx
    .select({ createdAt: identityAddress.createdAt })
    .from(identityAddress)
    .where(
      and(
        eq(identityAddress.channelId, channelId),
        eq(identityAddress.kind, "visitor"),
        eq(identityAddress.key, given),
      ),
    );
  const old = known && ctx.now.getTime() - known.createdAt.getTime() > FORM_REPEATS_FOR_MS;
  return old ? randomUUID() : given;
}

/** Where the link leads: an area of this organisation by name or id; what names none is left out. */
async function noteEntry(ctx: Context, conversationId: string, given: { area?: string | null; ref?: string | null }) {
  const wanted = given.area?.trim().toLowerCase();
  const areas = wanted ? await ctx.tx.select().from(schema.area).where(isNull(schema.area.archivedAt)) : [];
  const found = areas.find((area) => area.id === wanted || area.name.toLowerCase() === wanted);
  const ref = given.ref?.replaceAll("\u0000", "").slice(0, 200);
  if (!found && !ref) return;
  await ctx.tx
    .update(schema.conversation)
    .set({ entry: { ...(found && { areaId: found.id }), ...(ref && { ref }) } })
    .where(eq(schema.conversation.id, conversationId));
}

const GUEST_NAMES: Record<string, string> = { es: "Visitante", pt: "Visitante", en: "Visitor" };

/** The conversation of a signed-in account with an organisation (internal channel), made at the first time. */
export async function openAccountConversation(actor: AccountActor, handle: string): Promise<string> {
  const org = await getPublicOrganisation(handle);
  return transact(actor, { orgId: org.id, accountId: actor.accountId }, async (ctx) => {
    const channel = await channelOf(ctx, org.id, "internal");
    const resolved = await resolveIdentity(ctx, channel, {
      addresses: [{ kind: "account", key: actor.accountId, raw: actor.accountId }],
      profileName: actor.name,
      accountId: actor.accountId,
    });
    return (await openCustomerConversation(ctx, channel, resolved)).id;
  });
}
