import { afterEach, expect, test } from "vitest";
import type { Bus } from "~/platform/bus/bus";
import { createExchange } from "~/platform/bus/in-process-bus.server";
import { fakeWorld } from "./testing/fake-world";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

const QUICK = { presenceEveryMs: 100, presenceForgottenMs: 400 };

const started: HubHarness[] = [];
afterEach(async () => {
  for (const hub of started.splice(0)) await hub.stop();
});

/** Two processes over one medium; the second may die, which nobody hears of. */
async function twoHubs() {
  const world = fakeWorld();
  const exchange = createExchange();
  const state = { dead: false };
  const mortal = (bus: Bus): Bus => ({
    ...bus,
    publish: (topic, payload) => void (state.dead || bus.publish(topic, payload)),
  });
  const a = await startHub({ world, bus: exchange.connect(), limits: QUICK });
  const b = await startHub({ world, bus: mortal(exchange.connect()), limits: QUICK });
  started.push(a, b);
  return { world, a, b, state };
}

type Socket = Awaited<ReturnType<HubHarness["open"]>>;
/** Whom the socket was last told to look at the conversation. */
const seen = (socket: Socket) => {
  const last = socket.events("presence").at(-1)?.data as { viewers: { name: string }[] } | undefined;
  return last?.viewers.map(({ name }) => name).sort() ?? null;
};

test("who looks at a conversation is told to the others there, over processes, each person once", async () => {
  const { world, a, b } = await twoHubs();
  const [ana, eva, leo] = [world.person("ana"), world.person("eva"), world.person("leo")];
  const id = world.conversation(ana, eva, leo);
  const elsewhere = world.conversation(leo);
  const [near, tab, far, away] = [await a.open("ana"), await a.open("ana"), await b.open("eva"), await b.open("leo")];
  await near.join(id);
  await expect.poll(() => seen(near)).toEqual(["ana"]);
  await Promise.all([tab.join(id), far.join(id), away.join(elsewhere)]);
  for (const socket of [near, tab, far]) await expect.poll(() => seen(socket)).toEqual(["ana", "eva"]);
  expect(seen(away)).toEqual(["leo"]);
  expect(near.events("presence").at(-1)).toMatchObject({
    topic: `conversation:${id}`,
    data: { conversation: id, viewers: expect.arrayContaining([{ id: eva.account.id, name: "eva" }]) },
  });
  expect(near.events("presence").at(-1)).not.toHaveProperty("rev");
});

test("who closes a tab stays while another is open, and is gone with the last one", async () => {
  const { world, a, b } = await twoHubs();
  const [ana, eva] = [world.person("ana"), world.person("eva")];
  const id = world.conversation(ana, eva);
  const [one, two, far] = [await a.open("ana"), await a.open("ana"), await b.open("eva")];
  await Promise.all([one.join(id), two.join(id), far.join(id)]);
  await expect.poll(() => seen(far)).toEqual(["ana", "eva"]);
  one.close();
  two.say({ t: "ping" });
  await two.settled();
  expect(seen(far)).toEqual(["ana", "eva"]);
  two.say({ t: "unsub", topic: `conversation:${id}` });
  await expect.poll(() => seen(far)).toEqual(["eva"]);
});

test("a process that dies takes its viewers with it, and one that lives keeps them however long it is quiet", async () => {
  const { world, a, b, state } = await twoHubs();
  const [ana, eva] = [world.person("ana"), world.person("eva")];
  const id = world.conversation(ana, eva);
  const [near, far] = [await a.open("ana"), await b.open("eva")];
  await Promise.all([near.join(id), far.join(id)]);
  await expect.poll(() => seen(near)).toEqual(["ana", "eva"]);
  const told = near.events("presence").length;
  await new Promise((done) => setTimeout(done, 3 * QUICK.presenceForgottenMs));
  expect(near.events("presence").length).toBe(told);
  state.dead = true;
  await expect.poll(() => seen(near), { timeout: 5_000 }).toEqual(["ana"]);
});

test("a process that stops says that nobody looks through it", async () => {
  const { world, a, b } = await twoHubs();
  const [ana, eva] = [world.person("ana"), world.person("eva")];
  const id = world.conversation(ana, eva);
  const [near, far] = [await a.open("ana"), await b.open("eva")];
  await Promise.all([near.join(id), far.join(id)]);
  await expect.poll(() => seen(near)).toEqual(["ana", "eva"]);
  await b.hub.drain();
  await expect.poll(() => seen(near)).toEqual(["ana"]);
});

test("guests are neither shown nor told", async () => {
  const world = fakeWorld();
  const hub = await startHub({ world, limits: QUICK, doors: (doors) => ({ ...doors, viewed: () => null }) });
  started.push(hub);
  const ana = world.person("ana");
  const id = world.conversation(ana);
  const socket = await hub.open("ana");
  await socket.join(id);
  await new Promise((done) => setTimeout(done, 200));
  expect(socket.events("presence")).toEqual([]);
});
