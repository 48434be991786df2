import { eq, type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { noteActivity, writeActivity } from "~/modules/accounts/index.server";
import { receiveProviderEvent } from "~/modules/tickets/inbound/receive-provider-event.server";
import { claimTicket, returnTickets, sweepDesk, updateTicket } from "~/modules/tickets/index.server";
import { clockMovedMs, moveClock } from "~/platform/clock";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { OpeningHours } from "~db/schema/accounts";
import { goes } from "../support/accounts/availability";
import { rows } from "../support/data/rows";
import { connectWhatsapp, makeCustomer, makeWorld, memberWrites, type World, withProduct } from "../support/world";

withProduct();

const NINE_TO_SIX: [string, string][] = [["09:00", "18:00"]];
const HOURS: OpeningHours = {
  mon: NINE_TO_SIX,
  tue: NINE_TO_SIX,
  wed: NINE_TO_SIX,
  thu: NINE_TO_SIX,
  fri: NINE_TO_SIX,
};

/** Buenos Aires stands three hours before UTC, all year. */
const OFFSET_MS = 3 * 3600_000;
const DAYS = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"] as const;

let world: World;
let whatsapp: typeof schema.channel.$inferSelect;
/** Midnight of the week's Monday there. */
let monday = 0;

/** Sets the clock to a time of the week, and lets it do what is due by then. */
async function comes(day: (typeof DAYS)[number], time: string): Promise<void> {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  moveClock(monday + ((DAYS.indexOf(day) * 24 + hours) * 60 + minutes) * 60_000 - Date.now());
  await sweepDesk();
}

const dayOf = (instant: number) => new Date(instant - OFFSET_MS).toISOString().slice(0, 10);

beforeAll(async () => {
  world = await makeWorld();
  const { id: channelId } = await connectWhatsapp(world, "555");
  const [row] = await asSystem("test", (tx) =>
    tx.select().from(schema.channel).where(eq(schema.channel.id, channelId)),
  );
  if (!row) throw new Error("no channel");
  whatsapp = row;
  // The Monday after next, so that the clock only ever goes on.
  const today = new Date(Date.now() - OFFSET_MS);
  const ahead = ((8 - today.getUTCDay()) % 7) + 7;
  monday = Date.parse(`${dayOf(Date.now() + ahead * 86_400_000)}T00:00:00Z`) + OFFSET_MS;
  await asSystem("test", async (tx) => {
    await tx
      .update(schema.organisation)
      .set({ hours: HOURS, hoursText: "Volvemos el {{next_opening}}.", closingList: ["gracias"], autoAwayMinutes: 120 })
      .where(eq(schema.organisation.id, world.orgId));
    await tx
      .update(schema.area)
      .set({
        assignment: "round_robin",
        autoReturnMinutes: 60,
        autoCloseHours: 48,
        overflowAreaId: world.areas.support,
        overflowMinutes: 90,
      })
      .where(eq(schema.area.id, world.areas.sales));
    await tx
      .update(schema.area)
      .set({ overflowAreaId: world.areas.sales, overflowMinutes: 30 })
      .where(eq(schema.area.id, world.areas.support));
    await tx.insert(schema.holiday).values({
      id: newId(),
      orgId: world.orgId,
      day: dayOf(monday + 3 * 86_400_000 + OFFSET_MS),
      name: "Feriado",
    });
  });
});
afterAll(() => moveClock(0));

/** A person is here and does something. */
async function acts(...actors: AccountActor[]): Promise<void> {
  for (const actor of actors) noteActivity(actor);
  await writeActivity();
}

/** A webhook of Pía's message, written so many hours ago. */
const delivers = (externalId: string, text: string, hoursAgo: number) =>
  receiveProviderEvent(whatsapp, {
    type: "message",
    account: { kind: "phone_number_id", id: "555" },
    key: externalId,
    externalId,
    sentAt: new Date(Date.now() + clockMovedMs() - hoursAgo * 3600_000),
    sender: { addresses: [{ kind: "wa_id", key: "595981000111", raw: "595981000111" }], profileName: "Pía" },
    content: { kind: "text", text, payload: {}, attachments: [] },
  });

async function byWhatsapp(): Promise<{ conversationId: string }> {
  const [row] = await rows<{ conversationId: string }>(
    sql`select conversation_id as "conversationId" from ticket where org_id = ${world.orgId} and channel_id = ${whatsapp.id}`,
  );
  return row ?? { conversationId: "" };
}

const idOf = async ({ conversationId }: { conversationId: string }) => {
  const [row] = await rows<{ id: string }>(
    sql`select id from ticket where conversation_id = ${conversationId} order by number desc limit 1`,
  );
  return row?.id ?? "";
};

type Of = { conversationId: string };

const linesOf = async (query: SQL) => (await rows<{ line: string }>(query)).map(({ line }) => line);

/** The tickets of a customer as they stand. */
const tickets = ({ conversationId }: Of) =>
  linesOf(sql`
    select concat_ws(' ', t.state, r.name, coalesce(a.name, '-'), t.waiting_on, t.close_reason) as line from ticket t
      join area r on r.id = t.area_id left join member m on m.id = t.assignee_id left join account a on a.id = m.account_id
    where t.conversation_id = ${conversationId} order by t.number`);

/** What was written in the history of a customer's tickets: deed, by whom, why. */
const history = ({ conversationId }: Of) =>
  linesOf(sql`select concat_ws(' ', kind, actor_kind, reason) as line from ticket_event
    where conversation_id = ${conversationId} order by id`);

/** Who was told of a customer's tickets. */
const notices = ({ conversationId }: Of) =>
  linesOf(sql`
    select concat_ws(' ', n.kind, a.name, n.reason) as line from notice n join ticket t on t.id = n.ticket_id
      join member m on m.id = n.member_id join account a on a.id = m.account_id
    where t.conversation_id = ${conversationId} order by n.created_at, n.kind, a.name`);

const saidBySystem = ({ conversationId }: Of) =>
  linesOf(sql`select text as line from message
    where conversation_id = ${conversationId} and author_kind = 'system' order by seq`);

it("a week of a desk, by the clock (R3, R7, R9, R12 to R14; pitfalls 24, 26, 28)", async () => {
  const { admin, agent, other } = world;
  await comes("lun", "09:00");
  await acts(admin, agent, other);
  await goes(world, admin, "away");
  const [rosa, nilda, omar] = [
    await makeCustomer(world, "Rosa"),
    await makeCustomer(world, "Nilda"),
    await makeCustomer(world, "Omar"),
  ];

  // Monday: Bruno is the only one of Ventas who is there. He answers Rosa, and lets Nilda wait.
  await rosa.writes("hola");
  await nilda.writes("¿tienen yerba?");
  await comes("lun", "09:30");
  await acts(agent, other);
  await memberWrites(agent, rosa.conversationId, "¡Hola, Rosa!");
  await comes("lun", "09:59");
  expect(await tickets(nilda)).toEqual(["open Ventas Bruno agent"]);
  await comes("lun", "10:01");
  // R13: an hour without an answer. Nobody else is there, so that all of Ventas are told.
  expect(await tickets(nilda)).toEqual(["open Ventas - agent"]);
  expect(await notices(nilda)).toEqual(["assigned Bruno round_robin", "returned Bruno auto_return"]);
  await comes("lun", "11:30");
  await acts(agent, other);
  await comes("lun", "11:32");
  // 90 minutes in the queue of Ventas: on to Soporte, whose Carla is told.
  expect(await tickets(nilda)).toEqual(["open Soporte - agent"]);
  await comes("lun", "17:59");
  await acts(agent, other);
  // And never back, though Soporte's own time is over by far.
  expect(await history(nilda)).toEqual([
    "opened customer",
    "assigned system round_robin",
    "returned system auto_return",
    "transferred system overflow",
  ]);
  expect((await notices(nilda)).slice(2)).toEqual(["overflowed Carla overflow"]);

  // After hours: one notice however much is written, none within two hours of a person's reply.
  await omar.writes("buenas");
  await comes("lun", "19:00");
  await omar.writes("¿están?");
  await omar.writes("¿hola?");
  await comes("lun", "19:30");
  expect(await saidBySystem(omar)).toEqual(["Volvemos el martes, 09:00."]);
  await memberWrites(agent, omar.conversationId, "Te leo, Omar");
  await nilda.writes("sigo acá");
  expect(await saidBySystem(nilda)).toHaveLength(1);
  await rosa.writes("una cosa más");
  expect(await saidBySystem(rosa)).toHaveLength(1);
  await memberWrites(agent, rosa.conversationId, "Mañana te cuento");

  // Tuesday morning: Pía writes by WhatsApp, is answered and done; what she wrote at eleven only arrives a day later.
  await comes("mar", "10:00");
  await acts(agent, other);
  await delivers("wamid.1", "hola", 0);
  const pia = await byWhatsapp();
  await memberWrites(agent, pia.conversationId, "¡Hola, Pía!");
  await updateTicket(agent, await idOf(pia), { state: "closed", reason: "solved" });
  await delivers("wamid.1", "hola", 0);
  expect(await tickets(pia)).toEqual(["closed Ventas - none solved"]);

  // Tuesday, after hours again: another period, another notice; but not within two hours of the reply.
  await comes("mar", "17:30");
  await acts(agent, other);
  await memberWrites(agent, omar.conversationId, "Ya salió tu pedido");
  await comes("mar", "18:30");
  await omar.writes("ok, ¿cuándo llega?");
  expect(await saidBySystem(omar)).toHaveLength(1);
  await comes("mar", "19:31");
  await omar.writes("¿mañana?");
  expect(await saidBySystem(omar)).toEqual(["Volvemos el martes, 09:00.", "Volvemos el miércoles, 09:00."]);
  await acts(agent);
  await memberWrites(agent, omar.conversationId, "Sí, mañana");
  await updateTicket(agent, await idOf(omar), { state: "closed", reason: "solved" });
  // R2: thanks are thanks.
  await omar.writes("¡Gracias!");
  expect(await tickets(omar)).toEqual(["closed Ventas - none solved"]);

  // Wednesday: Bruno was not here since last night, and is away by the clock; his customer comes back and goes to nobody.
  await comes("mié", "10:00");
  await acts(other);
  await omar.writes("no llegó");
  expect(await tickets(omar)).toEqual(["open Ventas - agent"]);
  const [front] = await rows<{ front: boolean }>(
    sql`select queue_front as front from ticket where id = ${await idOf(omar)}`,
  );
  expect(front).toEqual({ front: true });
  expect((await notices(omar)).slice(-2)).toEqual(["queued Ana", "queued Bruno"]);
  // He comes back: the clock had set him away, so that he is there by coming, and gets what is his.
  await acts(agent);
  await comes("mié", "10:01");
  expect(await tickets(omar)).toEqual(["open Ventas Bruno agent"]);
  expect((await history(omar)).slice(-2)).toEqual(["reopened customer", "assigned system sticky"]);
  // A pause until the afternoon: neither returned nor told of until then.
  const afternoon = new Date(monday + (2 * 24 + 15) * 3600_000);
  await updateTicket(agent, await idOf(omar), { snoozedUntil: afternoon });
  // R1: too late for reopening, whatever the window; a ticket of its own, and her agent of lately has it.
  await comes("mié", "12:00");
  await delivers("wamid.2", "¿el de un kilo?", 25);
  await delivers("wamid.2", "¿el de un kilo?", 25);
  expect(await tickets(pia)).toEqual(["closed Ventas - none solved", "open Ventas Bruno agent"]);
  await comes("mié", "14:59");
  await acts(agent, other);
  expect((await history(omar)).at(-1)).toBe("changed member");
  await comes("mié", "15:00");
  expect((await history(omar)).at(-1)).toBe("woken system");
  await comes("mié", "16:01");
  expect((await history(omar)).at(-1)).toBe("returned system auto_return");
  await claimTicket(agent, await idOf(omar));

  // Going away by hand, with what waits given back; what waits for its customer stays.
  await goes(world, agent, "away", "return");
  await returnTickets(world.orgId, world.memberId(agent), "went_away");
  expect(await tickets(omar)).toEqual(["open Ventas - agent"]);
  expect(await tickets(rosa)).toEqual(["open Ventas Bruno customer"]);
  await acts(agent);
  const [bruno] = await rows(
    sql`select availability, availability_by as by from member where id = ${world.memberId(agent)}`,
  );
  expect(bruno).toEqual({ availability: "away", by: "hand" });

  // R7: 48 hours after Monday night's answer Rosa's ticket is closed by the clock.
  await comes("mié", "19:29");
  expect(await tickets(rosa)).toEqual(["open Ventas Bruno customer"]);
  await comes("mié", "19:31");
  expect(await tickets(rosa)).toEqual(["closed Ventas - none auto_close"]);
  expect((await history(rosa)).at(-1)).toBe("closed system auto_close");

  // Thursday is a holiday: closed all day, and no business minute passes.
  await comes("jue", "11:00");
  await rosa.writes("hola de nuevo");
  expect(await tickets(rosa)).toEqual(["open Ventas - agent"]);
  expect((await saidBySystem(rosa)).at(-1)).toBe("Volvemos el viernes, 09:00.");
  const area = await tickets(rosa);
  await comes("jue", "17:00");
  expect(await tickets(rosa)).toEqual(area);

  // Friday: 90 minutes after opening it goes on to Soporte. Saturday's question opens a new ticket, for the window is over.
  await comes("vie", "10:29");
  expect(await tickets(rosa)).toEqual(["open Ventas - agent"]);
  await comes("vie", "10:31");
  expect(await tickets(rosa)).toEqual(["open Soporte - agent"]);
  await updateTicket(admin, await idOf(rosa), { state: "closed", reason: "solved" });
  await comes("sáb", "10:30");
  await rosa.writes("¿sábado?");
  expect(await tickets(rosa)).toEqual(["open Soporte - agent"]);
  await updateTicket(admin, await idOf(rosa), { state: "closed", reason: "solved" });
  await comes("dom", "10:31");
  await rosa.writes("¿y hoy?");
  expect(await tickets(rosa)).toEqual(["closed Soporte - none solved", "open Ventas - agent"]);

  // The whole week, to the last line.
  const week = await Promise.all(
    Object.entries({ rosa, nilda, omar, pia }).map(async ([name, who]) => {
      return [name, { tickets: await tickets(who), history: await history(who), notices: await notices(who) }] as const;
    }),
  );
  expect(Object.fromEntries(week)).toEqual({
    rosa: {
      tickets: ["closed Soporte - none solved", "open Ventas - agent"],
      history: [
        "opened customer",
        "assigned system round_robin",
        "closed system auto_close",
        "reopened customer",
        "transferred system overflow",
        "closed member solved",
        "reopened customer",
        "closed member solved",
        "opened customer",
      ],
      notices: [
        "assigned Bruno round_robin",
        "queued Ana",
        "queued Bruno",
        "overflowed Ana overflow",
        "overflowed Carla overflow",
        "queued Ana",
        "queued Carla",
        "queued Ana",
        "queued Bruno",
      ],
    },
    nilda: {
      tickets: ["open Soporte - agent"],
      history: [
        "opened customer",
        "assigned system round_robin",
        "returned system auto_return",
        "transferred system overflow",
      ],
      notices: ["assigned Bruno round_robin", "returned Bruno auto_return", "overflowed Carla overflow"],
    },
    omar: {
      tickets: ["open Soporte - agent"],
      history: [
        "opened customer",
        "assigned system round_robin",
        "closed member solved",
        "reopened customer",
        "assigned system sticky",
        "changed member",
        "woken system",
        "returned system auto_return",
        "claimed member",
        "returned system went_away",
        "transferred system overflow",
      ],
      notices: [
        "assigned Bruno round_robin",
        "queued Ana",
        "queued Bruno",
        "assigned Bruno sticky",
        "returned Bruno auto_return",
        "returned Ana went_away",
        "returned Bruno went_away",
        "overflowed Ana overflow",
        "overflowed Carla overflow",
      ],
    },
    pia: {
      tickets: ["closed Ventas - none solved", "open Soporte - agent"],
      history: [
        "opened customer",
        "assigned system round_robin",
        "closed member solved",
        "opened customer",
        "assigned system sticky",
        "returned system auto_return",
        "transferred system overflow",
      ],
      notices: [
        "assigned Bruno round_robin",
        "assigned Bruno sticky",
        "returned Ana auto_return",
        "returned Bruno auto_return",
        "overflowed Ana overflow",
        "overflowed Carla overflow",
      ],
    },
  });
  const [kept] =
    await rows(sql`select count(*)::int as n from ticket where org_id = ${world.orgId} and assignee_id is null
    and state = 'open' and not exists (select from notice where ticket_id = ticket.id)`);
  // Nothing stands anywhere that nobody was ever told of.
  expect(kept).toEqual({ n: 0 });
});
