import { expect, it } from "vitest";
import { listen } from "~/platform/events";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { updateTicket } from "../desk/update-ticket.server";
import { countUnread } from "../lists/count-unread.server";
import { listNotices, readNotices } from "./read-notices.server";

withProduct();

it("the number on the bell is what the list holds, after whatever is told and read", async () => {
  const world = await makeWorld();
  const told: { topic: string; event: string }[] = [];
  const stop = listen((events) => {
    for (const { definition, data } of events) told.push(...definition.deliver(data));
  });
  const ids: string[] = [];
  for (const name of ["Rosa", "Eva"]) {
    const customer = await makeCustomer(world, name);
    await customer.writes("hola");
    ids.push((await ticketOf(world, customer.conversationId)).id);
    for (let n = 0; n < 2; n++)
      await memberWrites(world.agent, customer.conversationId, `@Carla ${n}`, { visibility: "staff" });
  }
  const stands = async () => {
    const { notices, unread } = await listNotices(world.other, world.orgId, { limit: 50 });
    const bell = (await countUnread(world.other, world.orgId)).notices;
    expect([bell, notices.filter((one) => one.read_at === null).length]).toEqual([unread, unread]);
    return bell;
  };
  const [rosa = ""] = ids;
  expect(await stands()).toBe(4);
  await readNotices(world.other, world.orgId, { ticketId: rosa });
  expect(await stands()).toBe(2);
  await readNotices(world.agent, world.orgId);
  expect(await stands()).toBe(2);
  await updateTicket(world.admin, rosa, { priority: "high" });
  await readNotices(world.other, world.orgId);
  expect(await stands()).toBe(0);
  stop();
  const topic = `o:${world.orgId}:m:${world.memberId(world.other)}`;
  const mine = told.filter((one) => one.event.startsWith("notice.") && one.topic === topic);
  expect(mine.map(({ event }) => event)).toEqual([...Array(4).fill("notice.created"), "notice.read", "notice.read"]);
  // Each hears of their own alone.
  expect(told.filter(({ event }) => event.startsWith("notice.")).every((one) => /^o:[^:]+:m:/.test(one.topic))).toBe(
    true,
  );
});
