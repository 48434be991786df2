import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adoptRateLimiter } from "~/modules/accounts/index.server";
import { changeTickets } from "~/modules/desk/index.server";
import { listNotices, listTickets } from "~/modules/tickets/index.server";
import { moveClock } from "~/platform/clock";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import { callApi } from "../../support/api-calls";
import { channelsOf, makeTickets } from "../../support/data/many-tickets";
import { makeCustomer, makeWorld, memberWrites, type World, withProduct } from "../../support/world";

withProduct();

let world: World;
beforeEach(async () => {
  adoptRateLimiter(memoryRateLimiter());
  world = await makeWorld();
});

afterEach(() => moveClock(0));

/** Notices told of at once, until `stop`, as a member's screens hear of them. */
function hearNotices(memberId: string) {
  const heard: { others: number }[] = [];
  const stop = listen((events: readonly EmittedEvent[]) => {
    for (const { definition, data } of events) {
      const told = data as { memberId?: string; notice: { others: number } };
      if (definition.name === "notice.created" && told.memberId === memberId) heard.push(told.notice);
    }
  });
  return { heard, stop };
}

const noticesOf = async (kind: string) => {
  const { notices } = await listNotices(world.other, world.orgId, { limit: 500 });
  const mine = notices.filter((one) => one.kind === kind);
  return { rows: mine.length, all: mine.reduce((sum, { others }) => sum + 1 + others, 0) };
};

/** As many are told one by one; transactions beside one another may not see each other's. */
const FEW = 5;
const BESIDE = 3;

describe("a flood of notices (TE7)", () => {
  it("by a mass assignment of 200 is a few, of which one stands for the rest; all tickets are given", async () => {
    const { guest } = await makeCustomer(world);
    const [channel = ""] = await channelsOf(world);
    const one = {
      area_id: world.areas.support,
      contact_id: guest.contactId,
      channel_id: channel,
      state: "open",
    } as const;
    const at = new Date().toISOString();
    await makeTickets(
      world,
      Array.from({ length: 200 }, () => ({ ...one, at })),
    );
    const { tickets } = await listTickets(world.admin, world.orgId, { view: "open" }, { limit: 500 });
    const ids = tickets.filter(({ area }) => area.id === world.areas.support).map(({ id }) => id);
    expect(ids).toHaveLength(200);
    const { heard, stop } = hearNotices(world.memberId(world.other));
    const { done } = await changeTickets(world.admin, world.orgId, ids, { assigneeId: world.memberId(world.other) });
    stop();
    expect(done).toHaveLength(200);
    const { rows, all } = await noticesOf("assigned");
    expect(rows).toBeLessThanOrEqual(FEW + BESIDE);
    expect(all).toBe(200);
    // What is said aloud is said once each; the rest only raises the number.
    expect(heard.filter(({ others }) => others === 0)).toHaveLength(rows);
  });

  it("by notes that call a colleague in a loop is a few, and another's call is still told by itself", async () => {
    const { conversationId, writes } = await makeCustomer(world, "Eva");
    await writes("hola");
    const calls = (by: World["agent"], n: number) =>
      memberWrites(by, conversationId, `@Carla ${n}`, { visibility: "staff" });
    for (let n = 0; n < 30; n++) await calls(world.agent, n);
    expect(await noticesOf("mentioned")).toEqual({ rows: FEW, all: 30 });
    await calls(world.admin, 0);
    expect(await noticesOf("mentioned")).toEqual({ rows: FEW + 1, all: 31 });
  });

  it("by customers who all write is a few for who waits for them, and begins anew after a minute", async () => {
    const before = await noticesOf("queued");
    const arrive = async (n: number) => {
      const customer = await makeCustomer(world, `Cliente ${n}`);
      await customer.writes("Soporte");
      const { tickets } = await listTickets(world.admin, world.orgId, {}, { limit: 500 });
      const mine = tickets.find((ticket) => ticket.conversation_id === customer.conversationId);
      await changeTickets(world.admin, world.orgId, [mine?.id ?? ""], { areaId: world.areas.support });
    };
    for (let n = 0; n < 12; n++) await arrive(n);
    const kind = (await noticesOf("queued")).all > before.all ? "queued" : "transferred";
    expect(await noticesOf(kind)).toEqual({ rows: FEW, all: 12 });
    moveClock(61_000);
    await arrive(12);
    expect(await noticesOf(kind)).toEqual({ rows: FEW + 1, all: 13 });
  });
});

describe("messages in a flood (TE7)", () => {
  it("of one customer are refused when there are too many, with the seconds to wait", async () => {
    const { conversationId, token, writes } = await makeCustomer(world, "Prisa");
    await writes("hola");
    const send = () =>
      callApi("POST", `/conversations/${conversationId}/messages`, token, { client_id: newId(), text: "¿hola?" });
    const answers = await Promise.all(Array.from({ length: 130 }, send));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(90);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
