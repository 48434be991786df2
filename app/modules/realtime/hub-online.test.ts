import { afterEach, expect, test } from "vitest";
import type { Bus } from "~/platform/bus/bus";
import { createExchange } from "~/platform/bus/in-process-bus.server";
import type { HubDoors, Principal } from "./doors";
import { fakeWorld } from "./testing/fake-world";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

const QUICK = { presenceEveryMs: 100, presenceForgottenMs: 400, goneAfterMs: 200, seenEveryMs: 300 };

const started: HubHarness[] = [];
afterEach(async () => {
  for (const hub of started.splice(0)) await hub.stop();
});

/** Ana, who may know whether Eva is there, on one process, and Eva's sockets on another, which may die. */
async function anaAndEva() {
  const world = fakeWorld();
  const [ana, eva, leo] = [world.person("ana"), world.person("eva"), world.person("leo")];
  const id = world.conversation(ana, eva, leo);
  const beacon = `on:${eva.account.id}`;
  const state = { dead: false, shown: true, said: 0 };
  const counted = (bus: Bus): Bus => ({
    ...bus,
    publish(topic, payload) {
      if (topic === beacon) state.said++;
      if (!state.dead) bus.publish(topic, payload);
    },
  });
  const doors = (own: HubDoors): HubDoors => ({
    ...own,
    async join(actor, name) {
      const joined = await own.join(actor, name);
      const sees = state.shown && actor.kind === "account" && actor.accountId === ana.account.id;
      return { ...joined, topics: [...joined.topics, ...(sees ? [beacon] : [])] };
    },
  });
  const exchange = createExchange();
  const a = await startHub({ world, bus: exchange.connect(), limits: QUICK, doors });
  const b = await startHub({ world, bus: counted(exchange.connect()), limits: QUICK, doors });
  started.push(a, b);
  return { world, id, ana, eva, leo, a, b, beacon, state };
}

type Socket = Awaited<ReturnType<HubHarness["open"]>>;
type Online = { account: string; online: boolean; seen_at: string | null };
const told = (socket: Socket) => socket.events("online").map(({ data }) => data as Online);
const last = (socket: Socket) => told(socket).at(-1)?.online ?? null;

test("who comes and goes is told to who may know, over processes, and to nobody else", async () => {
  const { id, eva, a, b } = await anaAndEva();
  const [near, stranger] = [await a.open("ana"), await a.open("leo")];
  await Promise.all([near.join(id), stranger.join(id)]);
  await expect.poll(() => last(near)).toBe(false);
  const [one, two] = [await b.open("eva"), await b.open("eva")];
  await expect.poll(() => last(near)).toBe(true);
  expect(told(near).at(-1)).toEqual({ account: eva.account.id, online: true, seen_at: null });
  one.close();
  await new Promise((done) => setTimeout(done, 3 * QUICK.goneAfterMs));
  expect(last(near)).toBe(true);
  two.close();
  await expect.poll(() => last(near)).toBe(false);
  expect(Date.now() - Date.parse(told(near).at(-1)?.seen_at ?? "")).toBeLessThan(5_000);
  expect(told(stranger)).toEqual([]);
});

test("who was there before anybody looked is found by asking, and one of the same process at once", async () => {
  const { id, a, b } = await anaAndEva();
  await b.open("eva");
  const near = await a.open("ana");
  await near.join(id);
  await expect.poll(() => last(near)).toBe(true);
  const beside = await b.open("ana");
  await beside.join(id);
  await expect.poll(() => last(beside)).toBe(true);
});

test("a page that is loaded anew does not flicker", async () => {
  const { id, a, b } = await anaAndEva();
  const [near, first] = [await a.open("ana"), await b.open("eva")];
  await near.join(id);
  await expect.poll(() => last(near)).toBe(true);
  const before = told(near).length;
  first.close();
  await b.open("eva");
  await new Promise((done) => setTimeout(done, 3 * QUICK.goneAfterMs));
  expect(
    told(near)
      .slice(before)
      .filter(({ online }) => !online),
  ).toEqual([]);
});

test("a process that dies takes whom it had with it; who lives is there however long it is quiet", async () => {
  const { id, a, b, state } = await anaAndEva();
  const near = await a.open("ana");
  await b.open("eva");
  await near.join(id);
  await expect.poll(() => last(near)).toBe(true);
  const frames = told(near).length;
  await new Promise((done) => setTimeout(done, 3 * QUICK.presenceForgottenMs));
  expect(told(near).length).toBe(frames);
  state.dead = true;
  await expect.poll(() => last(near), { timeout: 5_000 }).toBe(false);
});

test("a process says nothing of whom nobody looks at, and a program is never there", async () => {
  const { world, id, a, b, state, eva } = await anaAndEva();
  await b.open("eva");
  await new Promise((done) => setTimeout(done, 5 * QUICK.presenceEveryMs));
  expect(state.said).toBe(1);
  const program: Principal = { ...eva, actor: { ...eva.actor, token: { id: "t", scopes: ["*"] } } as never };
  world.people.set("eva", program);
  await b.hub.drain();
  const near = await a.open("ana");
  await near.join(id);
  await a.open("eva");
  await new Promise((done) => setTimeout(done, 5 * QUICK.presenceEveryMs));
  expect(told(near).some(({ online }) => online)).toBe(false);
});

test("who hides is told of no more, at once", async () => {
  const { world, id, a, b, beacon, state } = await anaAndEva();
  const near = await a.open("ana");
  const far = await b.open("eva");
  await near.join(id);
  await expect.poll(() => last(near)).toBe(true);
  state.shown = false;
  a.hub.deliver([world.fact(beacon, "rights.changed")]);
  await near.wait((frame) => frame.t === "resync");
  const frames = told(near).length;
  far.close();
  await new Promise((done) => setTimeout(done, 4 * QUICK.goneAfterMs));
  expect(told(near).length).toBe(frames);
});

test("it is written down who came, together, and who left, and never for a beat", async () => {
  const { world, eva, b } = await anaAndEva();
  const [one] = [await b.open("eva"), await b.open("leo")];
  await expect.poll(() => world.seen.flat().length).toBe(2);
  expect(world.seen.length).toBe(1);
  await new Promise((done) => setTimeout(done, 3 * QUICK.seenEveryMs));
  expect(world.seen.length).toBe(1);
  one.close();
  await expect.poll(() => world.seen.at(-1)).toEqual([eva.account.id]);
  await b.hub.drain();
  expect(world.seen.length).toBe(3);
});
