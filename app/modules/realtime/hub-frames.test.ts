import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
beforeEach(async () => {
  hub = await startHub();
});
afterEach(() => hub.stop());

test("hello is answered with who one is, the heads one may read, and the feed", async () => {
  const ana = hub.world.person("ana");
  const mine = hub.world.conversation(ana);
  const foreign = hub.world.conversation(hub.world.person("eva"));
  hub.world.change(mine);
  const socket = await hub.open("ana");
  expect(socket.socket.protocol).toBe("guazu.v1");
  socket.say({ t: "hello", resume: { conversations: { [mine]: 0, [foreign]: 0 }, feed: "0" } });
  const welcome = await socket.wait((f) => f.t === "welcome");
  expect(welcome).toMatchObject({ account: { name: "ana" }, session: "ana", heads: { [mine]: 1 }, feed: "1" });
  expect(Object.keys(welcome.heads as object)).toEqual([mine]);
});

test("a subscriber hears what happens, with the number it joined at", async () => {
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  hub.world.change(id);
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  expect(await a.join(id)).toEqual({ t: "subscribed", topic: `conversation:${id}`, rev: 1 });
  await b.join(id);
  const ref = randomUUID();
  a.say({ t: "send", ref, conversation: id, text: "hola\u0000 \ud800" });
  const ack = await a.wait((f) => f.t === "ack");
  expect(ack).toMatchObject({ ref, message: { seq: 1 } });
  expect(ack).not.toHaveProperty("dedup");
  for (const socket of [a, b]) {
    const event = await socket.wait((f) => f.event === "message.created");
    expect(event).toMatchObject({ topic: `conversation:${id}`, rev: 2, data: { message: { text: "hola \ufffd" } } });
  }
  a.say({ t: "unsub", topic: `conversation:${id}` });
  await a.settled();
  b.say({ t: "read", conversation: id, seq: 1 });
  await b.wait((f) => f.event === "read");
  await a.settled();
  expect(a.events("read")).toEqual([]);
});

test("the same send twice in parallel is acknowledged twice, the second as known", async () => {
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const socket = await hub.open("ana");
  const ref = randomUUID();
  const frame = JSON.stringify({ t: "send", ref, conversation: id, text: "hola" });
  socket.say(frame);
  socket.say(frame);
  await socket.wait((f) => f.dedup === true);
  const acks = socket.frames.filter((f) => f.t === "ack");
  expect(acks.map((ack) => (ack.message as { seq: number }).seq)).toEqual([1, 1]);
  expect(acks.map((ack) => ack.dedup)).toEqual([undefined, true]);
});

test("frames of one conversation are handled in order, those of others do not wait for them", async () => {
  const ana = hub.world.person("ana");
  const [slow, quick] = [hub.world.conversation(ana), hub.world.conversation(ana)];
  const socket = await hub.open("ana");
  let release = () => {};
  const gate = new Promise<void>((done) => {
    release = done;
  });
  let first = true;
  hub.world.hooks.beforeSend = async () => {
    if (first) {
      first = false;
      await gate;
    }
  };
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  socket.say({ t: "send", ref: one, conversation: slow, text: "1" });
  socket.say({ t: "send", ref: two, conversation: slow, text: "2" });
  socket.say({ t: "send", ref: three, conversation: quick, text: "3" });
  await socket.wait((f) => f.ref === three);
  expect(socket.frames.some((f) => f.ref === two)).toBe(false);
  release();
  await socket.wait((f) => f.ref === two);
  const acks = socket.frames.filter((f) => f.t === "ack").map((f) => f.ref);
  expect(acks).toEqual([three, one, two]);
});

test("a refusal carries code and data, a fault nothing but an id", async () => {
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const socket = await hub.open("ana");
  const [reused, boom] = [randomUUID(), randomUUID()];
  socket.say({ t: "send", ref: reused, conversation: id, text: "reused" });
  socket.say({ t: "send", ref: boom, conversation: id, text: "boom" });
  expect(await socket.wait((f) => f.ref === reused)).toMatchObject({
    t: "error",
    code: "id_reused",
    data: { hint: 1 },
  });
  const fault = await socket.wait((f) => f.ref === boom);
  expect(fault).toMatchObject({ t: "error", code: "internal" });
  expect(JSON.stringify(fault)).not.toContain("secret detail");
  expect(hub.logged.join()).toContain("secret detail");
});

test("an edit, a reaction and a deletion are acknowledged, and heard by who reads the conversation", async () => {
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  hub.world.person("rita");
  const [a, b, stranger] = [await hub.open("ana"), await hub.open("eva"), await hub.open("rita")];
  await b.join(id);
  const ref = () => randomUUID();
  const sending = ref();
  a.say({ t: "send", ref: sending, conversation: id, text: "hola" });
  const { message } = (await a.wait((f) => f.ref === sending)) as unknown as { message: { id: string } };
  const changes = [
    { t: "edit", ref: ref(), message: message.id, text: "chau" },
    { t: "react", ref: ref(), message: message.id, emoji: "👍", on: true },
    { t: "delete", ref: ref(), message: message.id },
  ];
  for (const change of changes) {
    a.say(change);
    expect(await a.wait((f) => f.ref === change.ref)).toMatchObject({ t: "ack", message });
    stranger.say({ ...change, ref: ref() });
    await stranger.wait((f) => f.code === "not_found");
  }
  await b.wait((f) => f.t === "event" && f.rev === 4);
});

test("typing reaches the others once in three seconds, asks no right and needs the topic", async () => {
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  await Promise.all([a.join(id), b.join(id)]);
  const { join } = hub.world.calls;
  for (let i = 0; i < 5; i++) a.say({ t: "typing", conversation: id });
  await b.wait((f) => f.event === "typing");
  await Promise.all([a.settled(), b.settled()]);
  expect(b.events("typing")).toHaveLength(1);
  expect(a.events("typing")).toEqual([]);
  expect(hub.world.calls.join).toBe(join);
  b.say({ t: "typing", conversation: hub.world.conversation(eva) });
  await b.wait((f) => f.code === "not_subscribed");
});

test("what makes no sense is refused, and again and again ends the socket for good (TB11)", async () => {
  hub.world.person("ana");
  const socket = await hub.open("ana");
  const id = randomUUID();
  const wrong = [
    "{",
    "null",
    '{"t":"event","event":"message.created","topic":"x","data":{}}',
    `{"t":"send","ref":"${id}","conversation":"no","text":"x"}`,
    `{"t":"read","conversation":"${id}","seq":1e999}`,
    `{"t":"send","ref":"${id}","conversation":"${id}","text":["x"]}`,
    `${"[".repeat(30_000)}`,
    '{"__proto__":{"t":"ping"}}',
  ];
  for (const frame of wrong) socket.say(frame);
  socket.socket.send(Buffer.from([1, 2, 3]), { binary: true });
  await socket.settled();
  const codes = socket.frames.filter((f) => f.t === "error").map((f) => f.code);
  expect(codes).toEqual(["bad_frame", "bad_frame", "unknown_frame", ...Array(6).fill("bad_frame")]);
  expect(socket.frames.find((f) => f.ref === id)).toMatchObject({ data: { field: "conversation" } });
  expect(({} as { t?: string }).t).toBeUndefined();
  socket.say("{");
  socket.say("{");
  expect(await socket.closed).toBe(4504);
});
