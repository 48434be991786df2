import { describe, expect, it, vi } from "vitest";
import { HubRefusal } from "../../client/outgoing";
import { createOutbox, type Lock } from "./outbox";
import { createOutboxStore, type OutboxStore } from "./outbox-store";
import type { QueuedMessage } from "./queued-message";

const message = (client_id: string, over: Partial<QueuedMessage> = {}): QueuedMessage => ({
  client_id,
  conversation: "c1",
  owner: "ana",
  text: client_id,
  attachments: [],
  reply_to: null,
  visibility: "public",
  based_on_seq: null,
  created_at: "2026-11-26T10:00:00.000Z",
  state: "sending",
  code: null,
  ...over,
});

/** As `navigator.locks`: one after the other for each name, over all tabs. */
function sharedLocks(): Lock {
  const lines = new Map<string, Promise<void>>();
  return (name, work) => {
    const turn = (lines.get(name) ?? Promise.resolve()).then(work);
    lines.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
}

/** A browser with tabs: one store, one channel between them. The network can be cut. */
function browser(refuse: (m: QueuedMessage) => string | null = () => null) {
  const store: OutboxStore = createOutboxStore();
  const lock = sharedLocks();
  const channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  const taken: string[] = [];
  let online = true;
  let back: (() => void)[] = [];
  const tab = (owner = "ana") => {
    const mine: { onmessage: ((event: MessageEvent) => void) | null; postMessage(data: unknown): void } = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of channels) if (other !== mine) other.onmessage?.({ data } as MessageEvent);
      },
    };
    channels.push(mine);
    return createOutbox({
      owner,
      store,
      lock,
      channel: mine as unknown as BroadcastChannel,
      async deliver(one, stopped) {
        while (!online && !stopped()) await new Promise<void>((done) => back.push(done));
        if (stopped()) throw new Error("stopped");
        const code = refuse(one);
        if (code) throw new HubRefusal(code);
        taken.push(one.client_id);
      },
    });
  };
  return {
    tab,
    store,
    taken,
    cut: () => {
      online = false;
    },
    reach: () => {
      online = true;
      for (const go of back.splice(0)) go();
    },
    wake: () => {
      const all = back;
      back = [];
      for (const go of all) go();
    },
  };
}

describe("the outbox", () => {
  it("sends in the order of writing, and shows a message until its thread has it", async () => {
    const { tab, taken, store } = browser();
    const one = tab();
    await Promise.all(["a", "b", "c"].map((id) => one.queue(message(id))));
    expect(taken).toEqual(["a", "b", "c"]);
    expect(one.list().map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
    expect(await store.list("ana")).toEqual([]);
    one.arrived(new Set(["a", "b", null]));
    expect(one.list().map(({ client_id }) => client_id)).toEqual(["c"]);
    one.opened("c2");
    expect(one.list()).toHaveLength(1);
    one.opened("c1");
    expect(one.list()).toEqual([]);
  });

  it("sends what two tabs wrote without a network once, in order, and both know", async () => {
    const world = browser();
    const [left, right] = [world.tab(), world.tab()];
    world.cut();
    const ids = Array.from({ length: 200 }, (_, n) => `m${n}`);
    for (const [n, id] of ids.entries()) {
      void (n % 2 ? left : right).queue(message(id));
      await Promise.resolve();
    }
    await vi.waitFor(async () => expect(await world.store.list("ana")).toHaveLength(200));
    await vi.waitFor(() => expect(left.list()).toHaveLength(200));
    expect(world.taken).toEqual([]);
    world.reach();
    await vi.waitFor(() => expect(world.taken).toHaveLength(200));
    expect(world.taken).toEqual(ids);
    await vi.waitFor(async () => expect(await world.store.list("ana")).toEqual([]));
    expect(right.list().every(({ state }) => state === "sent")).toBe(true);
  });

  it("goes on in another page with what a closed one left, and with nobody else's", async () => {
    const world = browser();
    const first = world.tab();
    world.cut();
    void first.queue(message("a"));
    void first.queue(message("b", { conversation: "c2" }));
    void world.tab("eva").queue(message("x", { owner: "eva", conversation: "c1" }));
    await vi.waitFor(async () => expect(await world.store.list("ana")).toHaveLength(2));
    first.stop();
    world.wake();
    const next = world.tab();
    const begun = next.start();
    await vi.waitFor(() => expect(next.list().map(({ client_id }) => client_id)).toEqual(["a", "b"]));
    world.reach();
    await begun;
    expect(world.taken.filter((id) => id !== "x").sort()).toEqual(["a", "b"]);
  });

  it("keeps what is refused, with why, lets the rest go on, and sends it again when told to", async () => {
    let refusing = true;
    const { tab, taken, store } = browser((one) => (refusing && one.client_id === "a" ? "unseen_messages" : null));
    const [one, other] = [tab(), tab()];
    await one.queue(message("a", { based_on_seq: 3 }));
    await one.queue(message("b"));
    expect(taken).toEqual(["b"]);
    await vi.waitFor(() => expect(other.list()[0]).toMatchObject({ state: "failed", code: "unseen_messages" }));
    refusing = false;
    await one.retry("a", 9);
    expect(taken).toEqual(["b", "a"]);
    expect(await store.list("ana")).toEqual([]);
  });

  it("drops what is discarded, and all of who signs out", async () => {
    const { tab, store } = browser(() => "text_too_long");
    const one = tab();
    await one.queue(message("a"));
    await one.queue(message("b"));
    await one.discard("a");
    expect((await store.list("ana")).map(({ client_id }) => client_id)).toEqual(["b"]);
    await one.forget();
    expect([one.list(), await store.list("ana")]).toEqual([[], []]);
  });
});
