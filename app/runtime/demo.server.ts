import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import { registerAccount } from "~/modules/accounts/index.server";
import { publishWelcome, setUpOrganisation } from "~/modules/bots/index.server";
import { guestOfToken } from "~/modules/contacts/index.server";
import { openGuestConversation, sendMessage, updateTicket } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { tryLock } from "~/platform/postgres/advisory-lock.server";
import { schema } from "~db/index.server";

export const DEMO_PASSWORD = "guazu-demo-2026";
const DEMO_ACCOUNTS = [
  { email: "admin@demo.test", name: "Ana Benítez" },
  { email: "agente@demo.test", name: "Bruno Acosta" },
  { email: "agente2@demo.test", name: "Carla Duarte" },
  { email: "cliente@demo.test", name: "Diego Sosa" },
] as const;

/** The demo's accounts that still have the published password. */
export async function demoSignIns(): Promise<{ email: string; name: string }[]> {
  const { account } = schema;
  return asSystem("the demo's accounts", (tx) =>
    tx
      .select({ email: account.email, name: account.name })
      .from(account)
      .where(eq(account.demoPassword, true))
      .orderBy(account.email),
  );
}

/**
 * Makes the demo organisation on a database that holds none. Of several processes that start together one makes it;
 * the others wait. Returns whether it was made.
 */
export async function ensureDemo(): Promise<boolean> {
  return asSystem("make the demo once", async (tx) => {
    // Who waits here waits for a whole demo, and who makes it keeps this transaction open meanwhile.
    for (const limit of ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"])
      await tx.execute(sql`select set_config(${limit}, '0', true)`);
    // Asked for again and again: a statement that waits for minutes would be taken for a database that hangs.
    while (!(await tryLock(tx, "demo"))) await sleep(200);
    const [known] = await tx.select({ id: schema.organisation.id }).from(schema.organisation).limit(1);
    if (known) return false;
    await makeDemo();
    return true;
  });
}

async function makeDemo(): Promise<void> {
  const [admin, agent, agent2] = await registerAll();
  if (!admin || !agent || !agent2) throw new Error("the demo's accounts could not be made");
  const { orgId, memberId } = await setUpOrganisation(SYSTEM, {
    handle: "demo",
    name: "Ferretería El Mensú",
    locale: "es",
    adminAccountId: admin.accountId,
  });
  const people = await addTeam(orgId, memberId, [admin, agent, agent2]);
  await publishWelcome(SYSTEM, { orgId, locale: "es" });
  await writeTickets(people);
}

type Person = { accountId: string; name: string; email: string };

const registerAll = (): Promise<Person[]> =>
  Promise.all(
    DEMO_ACCOUNTS.map(async (person) => {
      const { accountId } = await registerAccount({ ...person, password: DEMO_PASSWORD, locale: null }, { demo: true });
      return { ...person, accountId };
    }),
  );

/** Areas Ventas and Soporte, with an agent each; the first area that every organisation gets becomes Ventas. */
async function addTeam(
  orgId: string,
  adminMemberId: string,
  [admin, agent, agent2]: Person[],
): Promise<AccountActor[]> {
  return asSystem("the demo's team", async (tx, now) => {
    const { area, areaMember, member } = schema;
    await tx.update(area).set({ name: "Ventas" }).where(sql`${area.orgId} = ${orgId}`);
    const [sales] = await tx.select().from(area).where(sql`${area.orgId} = ${orgId}`);
    const support = newId();
    await tx.insert(area).values({ id: support, orgId, name: "Soporte", position: 1, createdAt: now });
    const team = [
      { person: agent, areaId: sales?.id ?? "", memberId: newId() },
      { person: agent2, areaId: support, memberId: newId() },
    ];
    await tx.insert(areaMember).values({ orgId, areaId: support, memberId: adminMemberId });
    for (const { person, areaId, memberId } of team) {
      await tx
        .insert(member)
        .values({ id: memberId, orgId, accountId: person?.accountId ?? "", role: "agent", createdAt: now });
      await tx.insert(areaMember).values({ orgId, areaId, memberId });
    }
    const actor = (
      person: Person | undefined,
      memberId: string,
      role: "admin" | "agent",
      areaIds: string[],
    ): AccountActor => ({
      kind: "account",
      accountId: person?.accountId ?? "",
      name: person?.name ?? "",
      email: person?.email ?? "",
      sessionId: null,
      memberships: [{ orgId, memberId, role, areaIds }],
      token: null,
    });
    return [
      actor(admin, adminMemberId, "admin", [sales?.id ?? "", support]),
      ...team.map(({ person, memberId, areaId }) => actor(person, memberId, "agent", [areaId])),
    ];
  });
}

type Line = { from: "customer" | "staff" | "note"; text: string };

const STORIES: readonly { name: string; agent: 1 | 2; lines: Line[]; close?: string }[] = [
  {
    name: "Lucía Romero",
    agent: 1,
    lines: [
      { from: "customer", text: "Hola! Buenas tardes" },
      { from: "customer", text: "Ventas" },
      { from: "customer", text: "Quería saber el precio de la amoladora de 115 mm" },
      { from: "staff", text: "¡Hola, Lucía! La amoladora está a $\u00a089.900, con disco de regalo." },
      { from: "customer", text: "Buenísimo, ¿la puedo retirar mañana?" },
    ],
  },
  {
    name: "Mario Giménez",
    agent: 2,
    lines: [
      { from: "customer", text: "Buen día" },
      { from: "customer", text: "Soporte" },
      { from: "customer", text: "El taladro que compré no enciende" },
    ],
  },
  {
    name: "Patricia Vera",
    agent: 1,
    lines: [
      { from: "customer", text: "Hola" },
      { from: "customer", text: "Ventas" },
      { from: "customer", text: "¿Hacen envíos a Oberá?" },
      { from: "staff", text: "Sí, los martes y jueves. ¿Qué necesitás?" },
      { from: "note", text: "Cliente de la obra de Oberá: ofrecerle cuenta corriente." },
      { from: "customer", text: "Diez bolsas de cemento. Ya les hago el pedido por la web." },
      { from: "staff", text: "¡Perfecto! Cualquier cosa escribinos." },
    ],
    close: "solved",
  },
  { name: "Nilda Ayala", agent: 1, lines: [{ from: "customer", text: "hola, quiero hacer una consulta" }] },
];

/** A ticket in every state, written by the same verbs as real ones. */
async function writeTickets(people: AccountActor[]): Promise<void> {
  for (const story of STORIES) {
    const door = await openGuestConversation("demo", { name: story.name });
    const guest = await guestOfToken(door.token);
    const agent = people[story.agent];
    if (!guest || !agent) throw new Error("the demo's customer could not be made");
    for (const line of story.lines) {
      await sendMessage(line.from === "customer" ? guest : agent, {
        conversationId: door.conversationId,
        clientId: newId(),
        text: line.text,
        visibility: line.from === "note" ? "staff" : "public",
      });
    }
    if (!story.close) continue;
    const { ticket } = schema;
    const [row] = await asSystem("the demo's closed ticket", (tx) =>
      tx.select({ id: ticket.id }).from(ticket).where(sql`${ticket.conversationId} = ${door.conversationId}`),
    );
    if (row) await updateTicket(agent, row.id, { state: "closed", reason: story.close });
  }
}
