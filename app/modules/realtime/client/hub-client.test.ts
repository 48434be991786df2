import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHubClient, type HubClient, type HubHandlers, reconnectDelay } from "./hub-client";
import { HubRefusal } from "./outgoing";

type Said = Record<string, unknown> & { t: string };

/** A browser's WebSocket of which the test is the other end. */
class FakeWebSocket {
  static all: FakeWebSocket[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  said: Said[] = [];
  closed = false;
  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    FakeWebSocket.all.push(this);
  }
  send(raw: string) {
    this.said.push(JSON.parse(raw) as Said);
  }
  close() {
    this.closed = true;
  }
  accept() {
    this.onopen?.();
    this.hear({ t: "welcome", account: { kind: "account", id: "a", name: "a" }, session: "s", heads: {}, feed: "9" });
  }
  hear(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  drop(code: number) {
    this.onclose?.({ code });
  }
  kinds = () => this.said.map((frame) => frame.t);
}

const last = (): FakeWebSocket => {
  const socket = FakeWebSocket.all.at(-1);
  if (!socket) throw new Error("no socket");
  return socket;
};
const ID = "0190a000-0000-7000-8000-000000000001";
const TOPIC = `conversation:${ID}`;
const event = (rev: number) => ({ t: "event", topic: TOPIC, rev, event: "message.created", data: { rev } });

let client: HubClient;
let reached: (rev: number) => void;
const handlers = {
  onEvent: vi.fn<HubHandlers["onEvent"]>(),
  onGap: vi.fn<HubHandlers["onGap"]>(),
  onResync: vi.fn<HubHandlers["onResync"]>(),
  onRefused: vi.fn(),
  onPoll: vi.fn(),
  onEnded: vi.fn(),
};
const begin = () => {
  client = createHubClient("wss://x/hub", handlers);
  last().accept();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("navigator", { onLine: true });
  FakeWebSocket.all = [];
  for (const handler of Object.values(handlers)) handler.mockReset();
  handlers.onGap.mockImplementation(
    () =>
      new Promise((done) => {
        reached = done;
      }),
  );
});
afterEach(() => {
  client.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("says hello, then subscribes, and tells its state", () => {
  client = createHubClient("wss://x/hub", handlers);
  const seen: string[] = [];
  client.onStatus(() => seen.push(client.status()));
  client.subscribe(TOPIC, 3);
  expect(last().protocol).toBe("guazu.v1");
  expect(client.status()).toBe("connecting");
  last().accept();
  expect(last().said).toEqual([
    { t: "hello", resume: { conversations: { [ID]: 3 } } },
    { t: "sub", topic: TOPIC },
  ]);
  last().drop(1006);
  expect(seen).toEqual(["open", "offline"]);
});

test("numbers that follow are applied once; a jump is fetched, until nothing newer is known", async () => {
  begin();
  client.subscribe(TOPIC, 3);
  last().hear({ t: "subscribed", topic: TOPIC, rev: 3 });
  last().hear(event(4));
  last().hear(event(4));
  last().hear(event(3));
  expect(handlers.onEvent).toHaveBeenCalledTimes(1);
  expect(handlers.onGap).not.toHaveBeenCalled();
  last().hear(event(7));
  last().hear(event(8));
  expect(handlers.onEvent).toHaveBeenCalledTimes(3);
  expect(handlers.onGap.mock.calls).toEqual([[ID, 4]]);
  reached(7);
  await vi.advanceTimersByTimeAsync(0);
  expect(handlers.onGap.mock.calls).toEqual([
    [ID, 4],
    [ID, 7],
  ]);
  reached(8);
  await vi.advanceTimersByTimeAsync(0);
  last().hear(event(9));
  expect(handlers.onGap).toHaveBeenCalledTimes(2);
});

test("what was missed before the subscription, or never arrived, is fetched by the numbers told", async () => {
  begin();
  client.subscribe(TOPIC, 3);
  last().hear({ t: "subscribed", topic: TOPIC, rev: 5 });
  expect(handlers.onGap.mock.calls).toEqual([[ID, 3]]);
  reached(5);
  await vi.advanceTimersByTimeAsync(0);
  last().hear({ t: "heads", heads: { [ID]: 5, other: 9 } });
  expect(handlers.onGap).toHaveBeenCalledTimes(1);
  last().hear({ t: "heads", heads: { [ID]: 6 } });
  expect(handlers.onGap).toHaveBeenLastCalledWith(ID, 5);
});

test("a fetch that fails is tried again, later each time", async () => {
  handlers.onGap.mockRejectedValue(new Error("no network"));
  begin();
  client.subscribe(TOPIC, 3);
  last().hear({ t: "subscribed", topic: TOPIC, rev: 5 });
  await vi.advanceTimersByTimeAsync(500);
  expect(handlers.onGap).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(600);
  expect(handlers.onGap).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(handlers.onGap).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(handlers.onGap).toHaveBeenCalledTimes(3);
});

test("a list that moved while away is fetched anew, and when the server says so", async () => {
  const list = `organisation:${ID}:tickets`;
  begin();
  client.subscribe(list, "1.1");
  last().hear({ t: "subscribed", topic: list, rev: "1.1" });
  expect(handlers.onResync).not.toHaveBeenCalled();
  last().hear({ t: "event", topic: list, rev: "1.4", event: "ticket.changed", data: {} });
  last().drop(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  last().accept();
  last().hear({ t: "subscribed", topic: list, rev: "1.5" });
  expect(handlers.onResync.mock.calls).toEqual([[list]]);
  last().hear({ t: "resync", topic: list });
  expect(handlers.onResync).toHaveBeenCalledTimes(2);
});

test("after a cut it comes back, resumes from where it was and says again what was not answered", async () => {
  begin();
  client.subscribe(TOPIC, 3);
  last().hear({ t: "subscribed", topic: TOPIC, rev: 3 });
  last().hear(event(4));
  const sent = client.send({ t: "send", ref: "r1", conversation: ID, text: "hola" });
  last().drop(1006);
  const late = client.send({ t: "send", ref: "r2", conversation: ID, text: "chau" });
  client.say({ t: "typing", conversation: ID });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeWebSocket.all).toHaveLength(2);
  last().accept();
  expect(last().said).toEqual([
    { t: "hello", resume: { conversations: { [ID]: 4 }, feed: "9" } },
    { t: "sub", topic: TOPIC },
    { t: "send", ref: "r1", conversation: ID, text: "hola" },
    { t: "send", ref: "r2", conversation: ID, text: "chau" },
  ]);
  const ack = { t: "ack", ref: "r1", message: { id: "m", seq: 1, created_at: "x" }, dedup: true };
  last().hear(ack);
  last().hear({ ...ack, ref: "r2" });
  expect(await sent).toEqual(ack);
  expect(await late).toMatchObject({ ref: "r2" });
  last().drop(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  last().accept();
  expect(last().kinds()).toEqual(["hello", "sub"]);
});

test("a refusal is the answer, one that may pass is tried again with the same ref", async () => {
  begin();
  const refused = client.send({ t: "send", ref: "r1", text: "x" });
  last().hear({ t: "error", ref: "r1", code: "id_reused", message: "x", data: { a: 1 } });
  await expect(refused).rejects.toEqual(new HubRefusal("id_reused", { a: 1 }));
  const throttled = client.send({ t: "send", ref: "r2", text: "x" });
  last().hear({ t: "error", ref: "r2", code: "too_many_requests", message: "x", data: { retry_after: 7 } });
  await vi.advanceTimersByTimeAsync(6_900);
  expect(last().said.filter((f) => f.ref === "r2")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(last().said.filter((f) => f.ref === "r2")).toHaveLength(2);
  last().hear({ t: "ack", ref: "r2", message: { id: "m", seq: 2, created_at: "x" } });
  expect(await throttled).toMatchObject({ message: { seq: 2 } });
});

test("a topic that is refused is let go and told; one that is throttled is asked for again", async () => {
  begin();
  client.subscribe(TOPIC);
  last().hear({ t: "error", code: "too_many_requests", message: "x", data: { topic: TOPIC, retry_after: 3 } });
  await vi.advanceTimersByTimeAsync(3_100);
  expect(last().kinds()).toEqual(["hello", "sub", "sub"]);
  last().hear({ t: "error", code: "forbidden", message: "x", data: { topic: TOPIC } });
  expect(handlers.onRefused.mock.calls).toEqual([[TOPIC, "forbidden"]]);
  last().drop(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  last().accept();
  expect(last().kinds()).toEqual(["hello"]);
});

test.each(["internal", "unavailable"])(
  "a topic that the server could not look at (%s) is asked for again",
  async (code) => {
    begin();
    client.subscribe(TOPIC);
    last().hear({ t: "error", code, message: "x", data: { topic: TOPIC } });
    await vi.advanceTimersByTimeAsync(2_100);
    expect(last().kinds()).toEqual(["hello", "sub", "sub"]);
    expect(handlers.onRefused).not.toHaveBeenCalled();
  },
);

test("two holders of one topic: it is left with the last, and the older number counts", () => {
  begin();
  const first = client.subscribe(TOPIC, 9);
  const second = client.subscribe(TOPIC, 7);
  last().hear({ t: "subscribed", topic: TOPIC, rev: 9 });
  expect(handlers.onGap).toHaveBeenCalledWith(ID, 7);
  first();
  expect(last().kinds()).not.toContain("unsub");
  second();
  expect(last().kinds().at(-1)).toBe("unsub");
});

test.each([4501, 4503, 4504])("%d means to stay away", async (code) => {
  begin();
  const waiting = client.send({ t: "send", ref: "r1" });
  last().drop(code);
  await expect(waiting).rejects.toMatchObject({ code: "ended" });
  await expect(client.send({ t: "send", ref: "r2" })).rejects.toMatchObject({ code: "ended" });
  await vi.advanceTimersByTimeAsync(300_000);
  expect(FakeWebSocket.all).toHaveLength(1);
  expect(client.status()).toBe("ended");
  expect(handlers.onEnded).toHaveBeenCalledWith(code);
});

test.each([1000, 1001, 1006, 4001, 4002, 4499])("%d means to come back", async (code) => {
  begin();
  last().drop(code);
  await vi.advanceTimersByTimeAsync(2_100);
  expect(FakeWebSocket.all).toHaveLength(2);
});

test("a connection that died silently is noticed within two beats after the first unanswered one (F45)", async () => {
  begin();
  const [first] = FakeWebSocket.all;
  await vi.advanceTimersByTimeAsync(15_000);
  last().hear({ t: "pong" });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(first?.closed).toBe(false);
  await vi.advanceTimersByTimeAsync(17_500);
  expect(first?.closed).toBe(true);
  expect(FakeWebSocket.all).toHaveLength(2);
  first?.drop(4501);
  expect(client.status()).toBe("connecting");
});

test("when no socket can be opened the screen is told to poll, until one opens", async () => {
  client = createHubClient("wss://x/hub", handlers);
  for (let i = 0; i < 3; i++) {
    last().drop(1006);
    await vi.advanceTimersByTimeAsync(4_100);
  }
  const before = handlers.onPoll.mock.calls.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(handlers.onPoll.mock.calls.length).toBe(before + 2);
  last().accept();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(handlers.onPoll.mock.calls.length).toBe(before + 2);
});

test("waits longer each time, never twice the same, and little when told that the server drains", () => {
  const waits = [1, 2, 3, 10].map((failures) => [
    reconnectDelay(failures, 1006, () => 0),
    reconnectDelay(failures, 1006, () => 1),
  ]);
  expect(waits).toEqual([
    [500, 1_000],
    [1_000, 2_000],
    [2_000, 4_000],
    [15_000, 30_000],
  ]);
  expect(reconnectDelay(1, 4002, () => 0)).toBe(0);
  expect(reconnectDelay(1, 4002, () => 1)).toBe(2_000);
  expect(reconnectDelay(4, 4002, () => 1)).toBe(8_000);
});

test("does not knock while the machine says that it has no network", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  client = createHubClient("wss://x/hub", handlers);
  expect(FakeWebSocket.all).toHaveLength(0);
  expect(client.status()).toBe("offline");
  vi.stubGlobal("navigator", { onLine: true });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeWebSocket.all).toHaveLength(1);
});
