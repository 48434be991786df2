import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { allowRunless, chance, channelsOf, makeTickets } from "../../../../tests/support/data/many-tickets";
import { type Customer, makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { type InboxFilter, isInInbox } from "../inbox-filter";
import type { TicketSummary } from "../ticket-view";
import { TICKET_VIEWS } from "../views";
import { inOrderOf, isBeyond } from "./list-order";
import { countFilters, listTickets } from "./list-tickets.server";

withProduct();

const ZONE = "America/Asuncion";
const TICKETS = 160;
let world: World;
let seen: Map<AccountActor, TicketSummary[]>;

const NAMES = ["Rosa Núñez", "rosa peña", "Ñandutí 50%", "Tito_García", "JOSÉ", "Bar \\ Café", "#7"];
const TAGS = ["vip", "Reclamo", "a'b", "ñ"];

function ticketBy(random: ReturnType<typeof chance>, customers: readonly Customer[], channels: readonly string[]) {
  const state = random.of(["open", "open", "closed", "bot"] as const);
  const people = [world.admin, world.agent, world.other].map(world.memberId);
  const assignee = state === "open" && random.below(2) ? random.of(people) : null;
  // Around midnight too, where a day of the organisation is not one of UTC.
  const at = Date.UTC(2026, 9, 1 + random.below(6), random.of([0, 2, 3, 4, 12]), random.of([0, 59]));
  const queued = state === "open" && !assignee;
  return {
    area_id: random.of([world.areas.sales, world.areas.support]),
    contact_id: random.of(customers).guest.contactId,
    channel_id: random.of(channels),
    state,
    at: new Date(at).toISOString(),
    assignee_id: assignee,
    priority: random.of(["low", "normal", "high", "urgent"]),
    tags: TAGS.filter(() => random.below(3) === 0),
    waiting_on: random.of(["agent", "customer", "none"]),
    snoozed_until: state !== "closed" && random.below(4) === 0 ? "2027-01-01T12:00:00Z" : null,
    queued_at: queued ? new Date(at - random.below(5) * 60_000).toISOString() : null,
    queue_front: queued && random.below(4) === 0,
  };
}

async function fill(): Promise<void> {
  const random = chance(7);
  const customers: Customer[] = [];
  for (const name of NAMES) customers.push(await makeCustomer(world, name));
  const channels = await channelsOf(world);
  await asSystem("test", (tx) =>
    tx.execute(sql`update organisation set time_zone = ${ZONE} where id = ${world.orgId}`),
  );
  await makeTickets(
    world,
    Array.from({ length: TICKETS }, () => ticketBy(random, customers, channels)),
  );
}

beforeAll(async () => {
  world = await makeWorld();
  await allowRunless();
  await fill();
  const all = async (actor: AccountActor) => (await everything(actor, { view: "all" })).tickets;
  const actors = [world.admin, world.agent, world.other];
  seen = new Map(await Promise.all(actors.map(async (actor) => [actor, await all(actor)] as const)));
});

async function everything(actor: AccountActor, filter: InboxFilter, page = { limit: 100, horizon: 2_000 }) {
  const tickets: TicketSummary[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const answer = await listTickets(actor, world.orgId, filter, { ...page, cursor });
    for (const ticket of answer.tickets) expect(cursor === null || isBeyond(filter.view, cursor, ticket)).toBe(true);
    tickets.push(...answer.tickets);
    cursor = answer.nextCursor;
    pages++;
  } while (cursor && pages < 500);
  return { tickets, pages };
}

function filterBy(seed: number): InboxFilter {
  const random = chance(seed);
  const maybe = <T>(values: readonly T[]): T | undefined => (random.below(3) === 0 ? random.of(values) : undefined);
  const channels = [...new Set([...seen.values()].flat().map(({ channel }) => channel.id))];
  const days = ["2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-05"];
  return {
    view: random.of(TICKET_VIEWS),
    areaId: maybe([world.areas.sales, world.areas.support]),
    assignee: maybe(["none", world.memberId(world.admin), world.memberId(world.agent)]),
    channelId: maybe(channels),
    tag: maybe(TAGS),
    priority: maybe(["low", "urgent"] as const),
    waitingOn: maybe(["agent", "customer"] as const),
    from: maybe(days),
    to: maybe(days),
    q: maybe(["rosa", "nunez", "ñ", "50%", "_", "\\", "7", "#12", "josé", "'; drop table ticket; --"]),
  };
}

const ids = (tickets: readonly TicketSummary[]) => tickets.map(({ number }) => number);

describe("what the browser and the database say of a filter", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "is the same, whatever it asks for (run %i) (TG6)",
    async (seed) => {
      for (const filter of [filterBy(seed), { view: filterBy(seed).view }]) {
        for (const [actor, all] of seen) {
          const membership = actor.memberships[0];
          if (!membership) throw new Error("no member");
          const reader = { ...membership, timeZone: ZONE };
          const expected = all.filter((ticket) => isInInbox(ticket, filter, reader)).sort(inOrderOf(filter.view));
          const { tickets } = await everything(actor, filter);
          expect(ids(tickets), JSON.stringify(filter)).toEqual(ids(expected));
          const [counted] = await countFilters(actor, world.orgId, [filter]);
          expect(counted).toEqual({ count: expected.length, more: false });
        }
      }
    },
  );

  it("is complete over small pages, and where each looks at little of a long history (TG5)", async () => {
    for (const view of TICKET_VIEWS) {
      for (const more of [{}, { tag: "vip" }, { q: "rosa" }, { assignee: "none" }]) {
        const filter = { view, ...more };
        const whole = await everything(world.agent, filter);
        const small = await everything(world.agent, filter, { limit: 3, horizon: 5 });
        expect(ids(small.tickets), JSON.stringify(filter)).toEqual(ids(whole.tickets));
      }
    }
  });

  it("knows the tickets that a colleague called somebody into", async () => {
    const hidden = [...(seen.get(world.admin) ?? [])].find(
      (ticket) => ticket.state === "open" && ticket.area.id === world.areas.support && ticket.assignee === null,
    );
    if (!hidden) throw new Error("no such ticket");
    const called = { orgId: world.orgId, ticketId: hidden.id, memberId: world.memberId(world.agent) };
    await asSystem("test", (tx) =>
      tx.execute(
        sql`insert into ticket_reader (org_id, ticket_id, member_id) values (${called.orgId}, ${called.ticketId}, ${called.memberId})`,
      ),
    );
    for (const view of ["all", "open"] as const) {
      const { tickets } = await everything(world.agent, { view });
      expect(ids(tickets).includes(hidden.number)).toBe(view === "all" || hidden.snoozed_until === null);
      expect(new Set(ids(tickets)).size).toBe(tickets.length);
    }
    await asSystem("test", (tx) => tx.execute(sql`delete from ticket_reader where ticket_id = ${hidden.id}`));
  });
});
