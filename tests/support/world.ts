import { eq } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import type { AccountActor, GuestActor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import { botAutomation, publishWelcome, setUpOrganisation } from "~/modules/bots/index.server";
import { addChannel } from "~/modules/channels/index.server";
import { guestOfToken } from "~/modules/contacts/index.server";
import type { MessageRow } from "~/modules/messaging/index.server";
import {
  getTicket,
  listTickets,
  openGuestConversation,
  registerAutomation,
  sendMessage,
} from "~/modules/tickets/index.server";
import { asSystem, closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { Role } from "~db/schema/accounts";
import { testDatabase } from "./postgres";

/** Opens a database of one's own for the tests of a file, with the product's parts put together. */
export function withProduct(settings: Record<string, string> = {}): void {
  let drop = async () => {};
  beforeAll(async () => {
    setEnv(readEnv({ SECRET_KEY: "5ec4e7".repeat(11), META_APP_SECRET: "app-secret", ...settings }));
    const made = await testDatabase();
    drop = made.drop;
    openDatabase(made.url);
    registerAutomation(botAutomation);
  });
  afterAll(async () => {
    await closeDatabase();
    setEnv(undefined);
    await drop();
  });
}

export async function makeAccount(name: string): Promise<AccountActor> {
  const accountId = newId();
  const email = `${accountId}@example.test`;
  await asSystem("test", (tx) => tx.insert(schema.account).values({ id: accountId, name, email }));
  return { kind: "account", accountId, name, email, sessionId: null, memberships: [], token: null };
}

export type World = {
  orgId: string;
  handle: string;
  areas: { sales: string; support: string };
  admin: AccountActor;
  /** Of Ventas. */
  agent: AccountActor;
  /** Of Soporte. */
  other: AccountActor;
  memberId: (actor: AccountActor) => string;
};

/** An organisation with areas Ventas and Soporte, an admin in both, an agent in each, and the in-app channels. */
export async function makeWorld(options: { bot?: boolean } = {}): Promise<World> {
  const handle = `org-${newId().slice(-12)}`;
  const [admin, agent, other] = await Promise.all([makeAccount("Ana"), makeAccount("Bruno"), makeAccount("Carla")]);
  const made = await setUpOrganisation(SYSTEM, {
    handle,
    name: `Casa ${handle}`,
    locale: "es",
    adminAccountId: admin.accountId,
  });
  const { orgId } = made;
  const support = newId();
  const join = async (
    actor: AccountActor,
    role: Role,
    areaIds: string[],
    memberId = newId(),
  ): Promise<AccountActor> => {
    await asSystem("test", async (tx) => {
      if (role === "agent")
        await tx.insert(schema.member).values({ id: memberId, orgId, accountId: actor.accountId, role });
      const rows = areaIds.map((areaId) => ({ orgId, areaId, memberId }));
      await tx.insert(schema.areaMember).values(rows).onConflictDoNothing();
    });
    return { ...actor, memberships: [{ orgId, memberId, role, areaIds }] };
  };
  await asSystem("test", async (tx) => {
    await tx.update(schema.area).set({ name: "Ventas" }).where(eq(schema.area.id, made.areaId));
    await tx.insert(schema.area).values({ id: support, orgId, name: "Soporte", position: 1 });
  });
  if (options.bot) await publishWelcome(SYSTEM, { orgId, locale: "es" });
  return {
    orgId,
    handle,
    areas: { sales: made.areaId, support },
    admin: await join(admin, "admin", [made.areaId, support], made.memberId),
    agent: await join(agent, "agent", [made.areaId]),
    other: await join(other, "agent", [support]),
    memberId: (actor) => actor.memberships[0]?.memberId ?? "",
  };
}

export type Customer = {
  guest: GuestActor;
  conversationId: string;
  token: string;
  writes: (text: string, clientId?: string) => Promise<MessageRow>;
};

/** A guest on the organisation's public chat. */
export async function makeCustomer(world: World, name = "Rosa"): Promise<Customer> {
  const { token, conversationId } = await openGuestConversation(world.handle, { name });
  const guest = await guestOfToken(token);
  if (!guest) throw new Error("no guest");
  const writes = async (text: string, clientId = newId()) =>
    (await sendMessage(guest, { conversationId, clientId, text, visibility: "public" })).row;
  return { guest, conversationId, token, writes };
}

/** A member's message to the customer, or a note. */
export const memberWrites = async (
  actor: AccountActor,
  conversationId: string,
  text: string,
  more: { visibility?: "public" | "staff"; basedOnSeq?: number; clientId?: string; replyTo?: string } = {},
) => (await sendMessage(actor, { conversationId, clientId: newId(), visibility: "public", text, ...more })).row;

/** The newest ticket of a conversation, as the admin sees it. */
export async function ticketOf(world: World, conversationId: string) {
  const { tickets } = await listTickets(world.admin, world.orgId, {}, { limit: 100 });
  const found = tickets.find((ticket) => ticket.conversation_id === conversationId);
  if (!found) throw new Error("no ticket");
  return getTicket(world.admin, found.id);
}

/** A WhatsApp channel of the organisation; `secret` is one of its own. */
export const connectWhatsapp = (world: World, phoneNumberId: string, secret?: string) =>
  addChannel(world.admin, {
    orgId: world.orgId,
    kind: "whatsapp",
    settings: {
      phone_number_id: phoneNumberId,
      waba_id: "100",
      access_token: "token",
      ...(secret && { app_secret: secret }),
    },
  });
