import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { Bus } from "~/platform/bus/bus";
import { createExchange } from "~/platform/bus/in-process-bus.server";
import { fakeWorld } from "./testing/fake-world";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

const started: HubHarness[] = [];
afterEach(async () => {
  for (const hub of started.splice(0)) await hub.stop();
});

/** Two processes over one medium, of which the second may go deaf. */
async function twoHubs() {
  const world = fakeWorld();
  const exchange = createExchange();
  const state = { deaf: false, reconnected: () => {} };
  const deafening = (bus: Bus): Bus => ({
    ...bus,
    onMessage: (handler) => bus.onMessage((topic, payload) => void (state.deaf || handler(topic, payload))),
    onReconnect: (handler) => {
      state.reconnected = handler;
    },
  });
  const heard: string[] = [];
  const heardElsewhere = (topic: string, rev: unknown) => void heard.push(`${topic} ${rev}`);
  const a = await startHub({ world, bus: exchange.connect(), heardElsewhere });
  const b = await startHub({ world, bus: deafening(exchange.connect()) });
  started.push(a, b);
  return { world, a, b, state, heard };
}

test("what happens at one process reaches a subscriber at the other, once", async () => {
  const { world, a, b, heard } = await twoHubs();
  const ana = world.person("ana");
  const id = world.conversation(ana);
  const [near, far] = [await a.open("ana"), await b.open("ana")];
  await Promise.all([near.join(id), far.join(id)]);
  for (let i = 0; i < 20; i++) a.hub.deliver([world.change(id, { i })]);
  b.hub.deliver([world.change(id, { i: 20 })]);
  for (const socket of [near, far]) {
    await expect.poll(() => socket.events("message.created").length).toBe(21);
    await socket.settled();
    const revs = socket.events("message.created").map((f) => f.rev as number);
    expect([...revs].sort((x, y) => x - y)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  }
  // The first one's own facts are no news to it.
  expect(heard).toEqual([expect.stringMatching(/^c:.+:s 21$/)]);
  near.say({ t: "typing", conversation: id });
  await far.wait((f) => f.event === "typing");
  far.close();
  await expect.poll(() => b.hub.stats().bus.topics).toBe(0);
});

test("the last frame of a quiet conversation that the bus lost is healed by the sweep", async () => {
  const { world, a, b, state } = await twoHubs();
  const ana = world.person("ana");
  const id = world.conversation(ana);
  const [near, far] = [await a.open("ana"), await b.open("ana")];
  await Promise.all([near.join(id), far.join(id)]);
  state.deaf = true;
  a.hub.deliver([world.change(id)]);
  await far.wait((f) => f.t === "heads" && (f.heads as Record<string, number>)[id] === 1);
  await sleep(200);
  expect(b.hub.stats().counters.healed).toBe(1);
  expect(a.hub.stats().counters.healed).toBeUndefined();
  state.deaf = false;
  a.hub.deliver([world.change(id)]);
  await far.wait((f) => f.event === "message.created" && f.rev === 2);
});

test("a lost change of a list asks for the list anew, and frames given with it are delivered instead", async () => {
  const world = fakeWorld();
  const org = "0190a000-0000-7000-8000-000000000001";
  const [topic, as] = [`o:${org}:a:1`, `organisation:${org}:tickets`];
  let deliver = false;
  const hub = await startHub({
    world,
    doors: (doors) => ({
      ...doors,
      movedSince: async (cursor) => ({
        ...(await doors.movedSince(cursor)),
        deliveries: deliver ? [{ topic, as, event: "ticket.changed", rev: "8.2", data: {} }] : undefined,
      }),
    }),
  });
  started.push(hub);
  world.person("ana");
  const socket = await hub.open("ana");
  socket.say({ t: "sub", topic: as });
  await socket.wait((f) => f.t === "subscribed");
  world.log.push({ topic, as, rev: "8.1" });
  expect(await socket.wait((f) => f.t === "resync")).toEqual({ t: "resync", topic: as });
  deliver = true;
  world.log.push({ topic, as, rev: "8.2" });
  await socket.wait((f) => f.event === "ticket.changed");
  const told = { topic, as, event: "ticket.changed", rev: "8.3", data: {} };
  hub.hub.deliver([{ definition: { name: "x", schema: undefined as never, deliver: () => [told] }, data: {} }]);
  world.log.push({ topic, as, rev: "8.3" });
  await sleep(200);
  expect(socket.frames.filter((f) => f.t === "resync")).toHaveLength(1);
  expect(socket.events("ticket.changed")).toHaveLength(2);
});

test("after an outage of the bus everybody is told where their conversations stand", async () => {
  const { world, a, b, state } = await twoHubs();
  const ana = world.person("ana");
  const [moved, quiet] = [world.conversation(ana), world.conversation(ana)];
  world.change(quiet);
  const far = await b.open("ana");
  await Promise.all([far.join(moved), far.join(quiet)]);
  state.deaf = true;
  a.hub.deliver([world.change(moved)]);
  state.deaf = false;
  const { refresh } = world.calls;
  state.reconnected();
  const all = await far.wait((f) => f.t === "heads" && Object.keys(f.heads as object).length === 2);
  expect(all.heads).toEqual({ [moved]: 1, [quiet]: 1 });
  await expect.poll(() => world.calls.refresh).toBeGreaterThan(refresh);
});

test("heads come in their time to all who hold conversations, without a question to the database", async () => {
  const hub = await startHub({ limits: { headsEveryMs: 200 } });
  started.push(hub);
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const [holder, idle] = [await hub.open("ana"), await hub.open("ana")];
  await holder.join(id);
  const { join } = hub.world.calls;
  await holder.wait((f) => f.t === "heads");
  await expect.poll(() => holder.frames.filter((f) => f.t === "heads").length).toBeGreaterThan(1);
  expect(holder.frames.find((f) => f.t === "heads")).toEqual({ t: "heads", heads: { [id]: 0 } });
  expect(idle.frames).toEqual([]);
  expect(hub.world.calls.join).toBe(join);
});

test("the database is asked once a beat for the process, and not at all without sockets", async () => {
  const hub = await startHub();
  started.push(hub);
  hub.world.person("ana");
  await sleep(150);
  expect(hub.world.calls.movedSince).toBe(0);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => hub.open("ana")));
  await sleep(300);
  expect(hub.world.calls.movedSince).toBeLessThan(9);
  expect(hub.world.calls.movedSince).toBeGreaterThan(2);
  for (const socket of sockets) socket.close();
  await expect.poll(() => hub.hub.stats().sockets).toBe(0);
  const asked = hub.world.calls.movedSince;
  await sleep(200);
  expect(hub.world.calls.movedSince).toBe(asked);
});
