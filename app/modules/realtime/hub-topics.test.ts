import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
afterEach(() => hub.stop());

test("only the two names that readers know can be asked for, and the door decides about those (TB3)", async () => {
  hub = await startHub({ limits: { strikes: 1000 } });
  const ana = hub.world.person("ana");
  const eva = hub.world.person("eva");
  const foreign = hub.world.conversation(eva);
  const socket = await hub.open("ana");
  const names = [
    `c:${foreign}:s`,
    `c:${foreign}:p`,
    `o:${randomUUID()}:a:${randomUUID()}`,
    `u:${eva.account.id}`,
    `u:${ana.account.id}`,
    "",
    "*",
    "#",
    "+",
    "conversation:*",
    "conversation:#",
    `conversation:${foreign}:s`,
    ` conversation:${foreign}`,
    `conversation:${foreign.toUpperCase()}`,
    "__proto__",
    "constructor",
    `conversation:${foreign}\n`,
    `conversation:${foreign}`,
  ];
  for (const topic of names) socket.say({ t: "sub", topic });
  await socket.settled();
  await expect.poll(() => socket.frames.filter((f) => f.t === "error").length).toBe(names.length);
  expect(new Set(socket.frames.filter((f) => f.t === "error").map((f) => f.code))).toEqual(new Set(["forbidden"]));
  expect(hub.world.calls.join).toBe(1);
  hub.hub.deliver([hub.world.change(foreign, { canary: true })]);
  await socket.settled();
  expect(JSON.stringify(socket.frames)).not.toContain("canary");
  socket.say({ t: "sub", topic: "x".repeat(300) });
  await socket.wait((f) => f.code === "bad_frame");
});

test("so many topics a socket; one that was left makes room (TB3)", async () => {
  hub = await startHub({ limits: { topicsPerSocket: 4 } });
  const ana = hub.world.person("ana");
  const ids = Array.from({ length: 6 }, () => hub.world.conversation(ana));
  const socket = await hub.open("ana");
  // One of the four is the account's own.
  for (const id of ids) socket.say({ t: "sub", topic: `conversation:${id}` });
  await expect.poll(() => socket.frames.filter((f) => f.code === "too_many_topics").length).toBe(3);
  expect(socket.frames.filter((f) => f.t === "subscribed")).toHaveLength(3);
  expect(hub.hub.stats().topics).toBe(4);
  socket.say({ t: "unsub", topic: `conversation:${ids[0]}` });
  await socket.join(ids[5] as string);
  socket.close();
  await expect.poll(() => hub.hub.stats().topics).toBe(0);
});

test("a flood of messages and of subscriptions is refused with a time, and others are served (TB8)", async () => {
  hub = await startHub({ limits: { messagesPerMinute: 3, subscriptionBurst: 2, subscriptionsPerSecond: 0.01 } });
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  const [a, second, b] = [await hub.open("ana"), await hub.open("ana"), await hub.open("eva")];
  const send = (socket: typeof a) => socket.say({ t: "send", ref: randomUUID(), conversation: id, text: "x" });
  for (let i = 0; i < 3; i++) send(a);
  await expect.poll(() => a.frames.filter((f) => f.t === "ack").length).toBe(3);
  send(second);
  const refusal = await second.wait((f) => f.t === "error");
  expect(refusal).toMatchObject({ code: "too_many_requests", data: { retry_after: 20, conversation: id } });
  send(b);
  await b.wait((f) => f.t === "ack");
  for (let i = 0; i < 3; i++) a.say({ t: "unsub", topic: `conversation:${id}` });
  await a.wait((f) => f.code === "too_many_requests");
});

test("guests of one address, and of one organisation, flood only themselves (TB8)", async () => {
  const addresses: Record<string, string> = { a: "203.0.113.1", b: "203.0.113.1", c: "203.0.113.2", d: "203.0.113.3" };
  let next = "";
  hub = await startHub({
    limits: { guestMessagesPerAddress: 3, guestMessagesPerOrganisation: 5 },
    clientAddress: () => addresses[next] ?? "203.0.113.99",
  });
  const conversationId = hub.world.conversation();
  const come = async (name: string, orgId: string) => {
    const actor = {
      kind: "guest",
      guestId: name,
      orgId,
      contactId: name,
      identityId: name,
      conversationId,
      name,
    } as const;
    const guest = hub.world.person(name, { actor, key: `guest:${name}`, account: { kind: "guest", id: name, name } });
    const id = hub.world.conversation(guest);
    next = name;
    const socket = await hub.open(name);
    /** How many of so many messages are let through; the last refusal's data. */
    return async (tries: number) => {
      const before = socket.frames.length;
      for (let i = 0; i < tries; i++) socket.say({ t: "send", ref: randomUUID(), conversation: id, text: "x" });
      const answers = () => socket.frames.slice(before).filter((f) => f.t === "ack" || f.t === "error");
      await expect.poll(() => answers().length).toBe(tries);
      for (const refusal of answers().filter((f) => f.t === "error"))
        expect(refusal).toMatchObject({ code: "too_many_requests", data: { retry_after: expect.any(Number) } });
      return answers().filter((f) => f.t === "ack").length;
    };
  };
  const [a, b, c, d] = [await come("a", "o"), await come("b", "o"), await come("c", "o"), await come("d", "other")];
  expect([await a(2), await b(3), await c(9), await d(3)]).toEqual([2, 1, 2, 3]);
});

test("a socket that floods with frames, or with pings, is closed (TB8, TB9)", async () => {
  hub = await startHub({ limits: { frameBurst: 20, framesPerSecond: 0.1, strikes: 3 } });
  hub.world.person("ana");
  const [a, b] = [await hub.open("ana"), await hub.open("ana")];
  for (let i = 0; i < 40; i++) a.say({ t: "ping" });
  for (let i = 0; i < 40; i++) b.socket.ping();
  expect(await Promise.all([a.closed, b.closed])).toEqual([4504, 4504]);
});

test("a change between the reading of the number and the subscription is not missed", async () => {
  hub = await startHub();
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  let once = true;
  hub.world.hooks.beforeJoin = async () => {
    if (!once) return;
    once = false;
    // The door has read rev 0 by now; nobody is subscribed yet, so that this frame reaches no one.
    hub.hub.deliver([hub.world.change(id)]);
  };
  const socket = await hub.open("ana");
  expect(await socket.join(id)).toMatchObject({ rev: 1 });
});
