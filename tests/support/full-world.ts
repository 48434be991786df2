import { eq, sql } from "drizzle-orm";
import { type AccountActor, type Actor, SYSTEM } from "~/modules/accounts";
import { actorOfToken, createToken } from "~/modules/accounts/index.server";
import { welcomeFlow } from "~/modules/bots/starters/welcome";
import { addChannel } from "~/modules/channels/index.server";
import { createGroup, createGroupInvite } from "~/modules/chats/index.server";
import type { MacroStep } from "~/modules/desk";
import { createMacro, createReply, createView } from "~/modules/desk/index.server";
import {
  changeText,
  claimTicket,
  createContact,
  listTickets,
  markRead,
  mergeContacts,
  openAccountConversation,
  react,
  saveDraft,
  scheduleMessage,
  sendMessage,
  shareTicket,
  updateTicket,
} from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { withoutAreas } from "./api-calls";
import { keepBotRows } from "./data/bot-rows";
import { addDeskRows } from "./data/desk-rows";
import { receive } from "./webhooks";
import { textMessage, whatsAppBody } from "./whatsapp-bodies";
import { type Customer, makeAccount, makeCustomer, makeWorld, memberWrites, type World } from "./world";

/** An organisation in which every table that belongs to one holds something, and every text holds its canary. */
export type FullWorld = World & {
  /** Stands in every text of this organisation and nowhere else. */
  canary: string;
  /** With the bot, open and assigned, closed. */
  tickets: { bot: string; open: string; closed: string };
  guest: Customer;
  /** An account that is a customer on the internal channel, with a note in its conversation. */
  account: AccountActor;
  accountConversation: string;
  token: { secret: string; actor: Actor };
  whatsapp: { channelId: string; number: string };
  ids: {
    conversation: string;
    /** A filter of everybody's. */
    view: string;
    /** Everybody's. */
    reply: string;
    /** Everybody's. */
    macro: string;
    /** A message that shows the open ticket in the group. */
    card: string;
    ticket: string;
    channel: string;
    message: string;
    contact: string;
    /** Of the closed ticket. */
    otherContact: string;
    /** Two contacts that are one now. */
    merge: string;
    area: string;
    member: string;
    invitation: string;
    /** A token that nobody uses. */
    token: string;
    flow: string;
    /** The version of it that runs. */
    flowVersion: string;
    file: string;
    scheduled: string;
    group: string;
    /** A link into the group, and its secret. */
    invite: string;
    secret: string;
    /** What an admin lists of the organisation. */
    holiday: string;
    field: string;
    tag: string;
    otherTag: string;
    webhook: string;
    delivery: string;
    /** What its bots know, and a key that they send. */
    answer: string;
    key: string;
    /** The account that asks to be let in. */
    asking: string;
  };
};

let numbers = 60_000;

export async function makeFullWorld(): Promise<FullWorld> {
  const world = await makeWorld({ bot: true });
  const canary = `canario-${world.handle}`;
  await nameAll(world, canary);
  const guest = await makeCustomer(world, canary);
  await guest.writes(`${canary} hola`);
  const open = await makeCustomer(world, canary);
  await open.writes(`${canary} hola`);
  await open.writes("Soporte");
  const closed = await makeCustomer(world, canary);
  await closed.writes(`${canary} hola`);
  const at = async ({ conversationId }: Customer) => {
    const { tickets } = await listTickets(world.admin, world.orgId, {}, { limit: 100 });
    return tickets.find((ticket) => ticket.conversation_id === conversationId)?.id ?? "";
  };
  const tickets = { bot: await at(guest), open: await at(open), closed: await at(closed) };
  await claimTicket(world.admin, tickets.open);
  await updateTicket(world.admin, tickets.closed, { state: "closed", reason: canary, note: canary });
  const message = await memberWrites(world.admin, open.conversationId, `${canary} respuesta`);
  await changeText(world.admin, message.id, `${canary} respuesta corregida`);
  await react(open.guest, message.id, "👍", true);
  await memberWrites(world.admin, open.conversationId, `${canary} nota`, { visibility: "staff" });
  await markRead(world.admin, open.conversationId, 2);
  const { account, accountConversation } = await accountCustomer(world, canary);
  const whatsapp = await onWhatsapp(world, canary);
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ id: string; version: string }>(
      sql`select id, published_version_id as version from flow where org_id = ${world.orgId} limit 1`,
    ),
  );
  await asSystem("test", (tx) =>
    tx
      .update(schema.flow)
      .set({ draft: withoutAreas(welcomeFlow("es")) })
      .where(eq(schema.flow.orgId, world.orgId)),
  );
  const { rows: invitations } = await asSystem("test", (tx) =>
    tx.execute<{ id: string }>(sql`select id from invitation where org_id = ${world.orgId} limit 1`),
  );
  const spare = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: canary, scopes: ["me:read"] }),
  );
  const ids = {
    conversation: open.conversationId,
    message: message.id,
    contact: open.guest.contactId,
    otherContact: closed.guest.contactId,
    merge: await mergeOf(world, canary),
    area: world.areas.support,
    member: world.memberId(world.other),
    flow: rows[0]?.id ?? "",
    flowVersion: rows[0]?.version ?? "",
    invitation: invitations[0]?.id ?? "",
    token: spare.id,
    ticket: tickets.open,
    channel: whatsapp.channelId,
    view: (await createView(world.admin, world.orgId, { name: canary, filter: "?view=open", shared: true })).id,
    reply: await replyOf(world, canary),
    macro: await macroOf(world, canary),
    file: await fileOf(world, open.conversationId, canary),
    scheduled: await scheduledOf(world, open.conversationId, canary),
    card: "",
    ...(await groupOf(world, canary)),
  };
  ids.card = await cardOf(world, tickets.open, ids.group);
  const listed = await addDeskRows({
    orgId: world.orgId,
    canary,
    contactId: ids.contact,
    otherContactId: closed.guest.contactId,
    ticketId: tickets.closed,
    memberId: ids.member,
    areaId: ids.area,
    groupId: ids.group,
  });
  await keepBotRows(world.orgId, canary);
  const { rows: known } = await asSystem("test", (tx) =>
    tx.execute<{ answer: string; key: string }>(sql`select
      (select id from faq_entry where org_id = ${world.orgId} limit 1) as answer,
      (select id from org_secret where org_id = ${world.orgId} limit 1) as key`),
  );
  const token = await tokenOf(world);
  return {
    ...{ ...world, canary, tickets, guest, account, accountConversation, token, whatsapp },
    ids: { ...ids, ...listed, answer: known[0]?.answer ?? "", key: known[0]?.key ?? "" },
  };
}

const replyOf = async (world: World, canary: string): Promise<string> => {
  const draft = { scope: "organisation", shortcut: "saludo", title: canary, text: canary } as const;
  return (await createReply(world.admin, world.orgId, draft)).id;
};

const macroOf = async (world: World, name: string): Promise<string> => {
  const steps: MacroStep[] = [
    { do: "note", text: name },
    { do: "add_tags", tags: [name] },
  ];
  return (await createMacro(world.admin, world.orgId, { scope: "organisation", name, steps })).id;
};

const cardOf = async ({ admin }: World, ticketId: string, group: string): Promise<string> => {
  const [shared] = await shareTicket(admin, ticketId, { conversationIds: [group], clientIds: [newId()] });
  return shared?.message?.id ?? "";
};

async function nameAll(world: World, canary: string): Promise<void> {
  const { orgId } = world;
  await asSystem("test", async (tx) => {
    await tx.execute(
      sql`update area set name = name || ' ' || ${canary} where org_id = ${orgId} and name <> 'Soporte'`,
    );
    await tx.execute(sql`update flow set name = ${canary} where org_id = ${orgId}`);
    await tx.execute(sql`update channel set name = ${canary} where org_id = ${orgId}`);
    await tx.execute(
      sql`update account set name = ${canary} where id in (select account_id from member where org_id = ${orgId})`,
    );
    await tx.insert(schema.invitation).values({
      id: newId(),
      orgId,
      email: `${canary}@example.test`,
      role: "agent",
      areaIds: [],
      tokenHash: canary,
      createdBy: world.admin.accountId,
      expiresAt: new Date(Date.now() + 3_600_000),
    });
  });
}

async function accountCustomer(world: World, canary: string) {
  const account = await makeAccount(canary);
  const accountConversation = await openAccountConversation(account, world.handle);
  const text = `${canary} soy cliente`;
  await sendMessage(account, { conversationId: accountConversation, clientId: newId(), text, visibility: "public" });
  await memberWrites(world.admin, accountConversation, `${canary} nota`, { visibility: "staff" });
  return { account, accountConversation };
}

/** A WhatsApp channel with a reply that waits to leave, and a mark on a message that nobody knows yet. */
async function onWhatsapp(world: World, canary: string) {
  const number = String(++numbers);
  const settings = { phone_number_id: number, waba_id: "100", access_token: canary };
  const channel = await addChannel(world.admin, { orgId: world.orgId, kind: "whatsapp", settings, flowId: null });
  const body = (fields: object) =>
    whatsAppBody({ field: "messages", value: { metadata: { phone_number_id: number }, ...fields } });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const id = `wamid.${canary}`;
  await receive(body({ messages: [textMessage({ id, timestamp, text: { body: canary } })] }));
  await receive(body({ statuses: [{ id: `${id}-unknown`, status: "sent", timestamp }] }));
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ id: string }>(sql`select id from conversation where channel_id = ${channel.id}`),
  );
  await memberWrites(world.admin, rows[0]?.id ?? "", canary);
  return { channelId: channel.id, number };
}

/** A file that nobody sent yet, and another on its way in. */
async function fileOf({ orgId, admin }: World, conversationId: string, name: string): Promise<string> {
  const id = newId();
  const owned = { orgId, conversationId, accountId: admin.accountId, name };
  await asSystem("test", async (tx) => {
    await tx.insert(schema.upload).values({ ...owned, id: newId(), expiresAt: new Date(Date.now() + 3_600_000) });
    const content = { kind: "file", mime: "application/pdf", size: 3, sha256: "0".repeat(64) } as const;
    await tx.insert(schema.file).values({ ...owned, ...content, id });
  });
  return id;
}

/** What the admin will say, and has begun to write. */
export async function scheduledOf({ admin }: World, conversationId: string, text: string): Promise<string> {
  await saveDraft(admin, conversationId, { text });
  const sendAt = new Date(Date.now() + 3_600_000);
  return (await scheduleMessage(admin, { conversationId, clientId: newId(), text, sendAt })).id;
}

/** A group with a link into it, and a colleague who asks to be let in. */
async function groupOf({ orgId, admin, agent, other }: World, title: string) {
  const group = await createGroup(admin, { title, orgId, accountIds: [agent.accountId] });
  const { id: invite, link } = await createGroupInvite(admin, group, { days: 7, asks: false });
  const asking = other.accountId;
  await asSystem("test", (tx) =>
    tx.insert(schema.chatJoinRequest).values({ conversationId: group, accountId: asking, inviteId: invite }),
  );
  return { group, invite, secret: link.split("/join/")[1] ?? "", asking };
}

/** Two contacts that were made one, and can be parted. */
async function mergeOf({ orgId, admin }: World, name: string): Promise<string> {
  const kept = await createContact(admin, orgId, { name });
  const merged = await createContact(admin, orgId, { name });
  return (await mergeContacts(admin, orgId, { keptId: kept.id, mergedId: merged.id })).mergeId;
}

async function tokenOf(world: World) {
  const { token: secret } = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "test", scopes: ["*"] }),
  );
  const actor = await actorOfToken(secret);
  if (!actor) throw new Error("the token opens nothing");
  return { secret, actor };
}
