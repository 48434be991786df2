import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
beforeEach(async () => {
  hub = await startHub({ limits: { strikes: 10_000 } });
});
afterEach(() => hub.stop());

test("JSON made to hurt is refused or read, and changes nothing of ours (TB11, TG3, TG7)", async () => {
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const socket = await hub.open("ana");
  const send = (rest: string) => `{"t":"send","ref":"${randomUUID()}","conversation":"${id}",${rest}}`;
  const depth = 9_000;
  const hostile = [
    `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
    `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
    `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":1`).join(",")}}`,
    '{"t":"ping","t":"nothing"}',
    send('"text":"x","text":["y"]'),
    send('"text":"x","based_on_seq":1e400'),
    send('"text":"x","based_on_seq":-0.5'),
    send(`"text":"x","based_on_seq":${"9".repeat(5_000)}`),
    send('"text":{"$gt":""}'),
    send('"text":"x","attachments":{"length":1e9}'),
    '{"t":"read","conversation":["a"],"seq":{}}',
    '{"t":"hello","resume":{"conversations":{"constructor":1,"__proto__":1}}}',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"t":"nothing"}',
    '{"t":{"toString":1}}',
    '{"t":"sub","topic":{"toString":"x"}}',
    '"\\ud800"',
    "\ufeff{}",
  ];
  for (const frame of hostile) socket.say(frame);
  await expect.poll(() => socket.frames.filter((frame) => frame.t === "error").length).toBe(hostile.length);
  expect(hub.world.calls.send).toBe(0);
  // NUL and half a pair of surrogates are no reason to refuse what somebody wrote.
  socket.say(send('"text":"a\\u0000b\\ud800","__proto__":{"polluted":1}'));
  await socket.wait((frame) => frame.t === "ack");
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("nobody can say what only the server says, nor as whom, where or when (TB5)", async () => {
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  await b.join(id);
  const ofTheServer = ["welcome", "subscribed", "ack", "error", "event", "heads", "resync", "pong", "message.created"];
  for (const t of ofTheServer)
    a.say({ t, topic: `conversation:${id}`, rev: 99, event: "message.created", data: { forged: true } });
  await a.settled();
  const refusals = a.frames.filter((frame) => frame.t === "error").map((frame) => frame.code);
  expect(refusals).toEqual(ofTheServer.map(() => "unknown_frame"));
  const author = { kind: "member", id: eva.account.id };
  const forged = { seq: 99, rev: 99, author, org_id: randomUUID(), created_at: "x", forged: true };
  a.say({ t: "send", ref: randomUUID(), conversation: id, text: "hola", ...forged });
  const ack = await a.wait((frame) => frame.t === "ack");
  expect(ack.message).toMatchObject({ seq: 1 });
  const event = await b.wait((frame) => frame.event === "message.created");
  expect(event.rev).toBe(1);
  expect(JSON.stringify([...a.frames, ...b.frames])).not.toContain("forged");
});
