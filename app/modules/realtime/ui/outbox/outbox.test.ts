import { describe, expect, it, vi } from "vitest";
import type { Carrier, createCarrier, Outcome } from "~/modules/files/ui/carrying/carry-files";
import type { Load } from "~/modules/files/ui/uploading/tray";
import type { UploadItem } from "~/modules/files/ui/uploading/upload-items";
import { HubRefusal } from "../../client/outgoing";
import { createMessageFiles } from "./message-files";
import { createOutbox, type Lock, type OutboxParts } from "./outbox";
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

const item = (key: string, more: Partial<UploadItem> = {}): UploadItem => ({
  ...{ key, name: key, type: "image/png", size: 10, lastModified: 1, voice: false, state: "waiting", sent: 0 },
  ...{ url: null, code: null, kind: "image", width: null, height: null, placeholder: null, duration_ms: null },
  ...{ waveform: null, preview: null },
  ...more,
});
const picture = (key: string, more: Partial<UploadItem> = {}) => {
  const files = [item(key, more)];
  const attachments = files.map(({ url, state }) => ({ id: url ?? key, state })) as unknown as Load["attachments"];
  return { files, attachments };
};
const load = (key: string) => ({ ...picture(key, { preview: "blob:x" }), queue: { close() {} } }) as unknown as Load;

/** What brings files up: each when told to, and what became of it. */
function bringer() {
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const done: string[] = [];
  const begun: (readonly UploadItem[])[] = [];
  const tells: Parameters<typeof createCarrier>[0][] = [];
  const carrier = {
    hold: async () => {},
    async bring({ client_id, files }, signal) {
      begun.push(files);
      return new Promise((resolve, fail) => {
        waiting.set(client_id, resolve);
        signal.addEventListener("abort", () => fail(signal.reason));
      });
    },
    supply: async (_, [file]) => file?.name === "same",
    drop: ({ client_id }, gaveUp) => void done.push(`${client_id} ${gaveUp ? "given up" : "let go"}`),
    leave: (id) => void done.push(`${id} anew`),
    forget: async (owner) => void done.push(`${owner} forgotten`),
    stop: () => {},
    freed: () => new Promise(() => {}),
  } as Carrier;
  return {
    ...{ done, begun },
    open: (async (parts) => {
      const carry = (tell: (typeof tells)[number]) => {
        tells.push(tell);
        return carrier;
      };
      return createMessageFiles({ ...parts, carry });
    }) as OutboxParts["openFiles"],
    tell: (id: string, step: ReturnType<typeof picture>) => {
      for (const tell of tells) tell(id, step as never);
    },
    /** What comes of a message's files, once they are asked for. */
    async settle(id: string, outcome: { refused: string } | { step: ReturnType<typeof picture> }) {
      await vi.waitFor(() => expect(waiting.has(id)).toBe(true));
      waiting.get(id)!(outcome as Outcome);
      waiting.delete(id);
    },
  };
}
const up = (key: string) => ({ step: picture(key, { state: "ready", sent: 10, url: `u/${key}` }) });

/** A browser with tabs: one store, one channel between them. The network can be cut. */
function browser(
  refuse: (m: QueuedMessage) => string | null = () => null,
  openFiles: OutboxParts["openFiles"] = bringer().open,
) {
  const store: OutboxStore = createOutboxStore();
  const lock = sharedLocks();
  const channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  const taken: string[] = [];
  let online = true;
  let here = "";
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
      mayGo: async (stopped) => {
        while (here !== "" && here !== owner && !stopped()) await new Promise<void>((done) => back.push(done));
      },
      openFiles,
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
    /** Who is signed in in this browser. */
    signedIn: (owner: string) => {
      here = owner;
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

describe("messages with files in the outbox", () => {
  const world = (refuse?: (m: QueuedMessage) => string | null) => {
    const files = bringer();
    return { ...browser(refuse, files.open), files };
  };

  it("go in the order of writing, once their files are whole, and let go of these when they are sent", async () => {
    const { tab, taken, files, store } = world();
    const one = tab();
    void one.queue(message("a"));
    void one.queue(message("b"), load("photo"));
    void one.queue(message("c"));
    await vi.waitFor(() => expect(taken).toEqual(["a"]));
    files.tell("b", picture("photo", { state: "uploading", sent: 4, url: "u/photo" }));
    expect(one.list().find(({ client_id }) => client_id === "b")?.files?.[0]?.sent).toBe(4);
    await vi.waitFor(async () => expect((await store.list("ana"))[0]?.files?.[0]?.url).toBe("u/photo"));
    expect(taken).toEqual(["a"]);
    await files.settle("b", up("photo"));
    await vi.waitFor(() => expect(taken).toEqual(["a", "b", "c"]));
    expect(one.list().find(({ client_id }) => client_id === "b")?.attachments).toMatchObject([{ id: "u/photo" }]);
    await vi.waitFor(() => expect(files.done).toEqual(["b let go"]));
  });

  it("go on in another page from where their upload stood, without the addresses of the first", async () => {
    const { tab, taken, files, store } = world();
    const first = tab();
    void first.queue(message("b"), load("photo"));
    await vi.waitFor(() => expect(files.begun).toHaveLength(1));
    files.tell("b", picture("photo", { state: "uploading", sent: 4, url: "u/photo", preview: "blob:x" }));
    await vi.waitFor(async () => expect((await store.list("ana"))[0]?.files?.[0]?.url).toBe("u/photo"));
    first.stop();
    const begun = tab().start();
    await vi.waitFor(() => expect(files.begun).toHaveLength(2));
    expect(files.begun[1]).toMatchObject([{ key: "photo", url: "u/photo" }]);
    await files.settle("b", up("photo"));
    await begun;
    expect(taken).toEqual(["b"]);
  });

  it("say why their files did not come up, let the next ones go, and take the same file picked again", async () => {
    const { tab, taken, files } = world();
    const one = tab();
    void one.queue(message("b"), load("photo"));
    void one.queue(message("c"));
    await files.settle("b", { refused: "files_lost" });
    await vi.waitFor(() => expect(taken).toEqual(["c"]));
    expect(one.list()).toMatchObject([{ state: "failed", code: "files_lost" }, {}]);
    expect(await one.supply("b", [new File([], "other")])).toBe(false);
    const supplied = one.supply("b", [new File([], "same")]);
    await files.settle("b", up("photo"));
    expect(await supplied).toBe(true);
    expect(taken).toEqual(["c", "b"]);
  });

  it("stop when they are given up, and keep their files whole when they are taken back", async () => {
    const { tab, taken, files, store } = world();
    const one = tab();
    void one.queue(message("b"), load("photo"));
    void one.queue(message("d"), load("film"));
    await vi.waitFor(() => expect(files.begun).toHaveLength(1));
    await one.discard("b");
    await vi.waitFor(() => expect(files.begun).toHaveLength(2));
    await one.take("d");
    await vi.waitFor(() => expect(files.done).toEqual(["b given up", "d let go"]));
    expect([taken, await store.list("ana"), one.list()]).toEqual([[], [], []]);
  });

  it("neither come up nor go while somebody else is signed in, also where that one came meanwhile (TL5)", async () => {
    const { tab, taken, files, signedIn } = world();
    signedIn("beto");
    const one = tab("ana");
    void one.queue(message("b"), load("photo"));
    await vi.waitFor(() => expect(one.list()).toHaveLength(1));
    expect(files.begun).toEqual([]);
    signedIn("ana");
    await vi.waitFor(() => expect(files.begun).toHaveLength(1));
    signedIn("beto");
    await files.settle("b", up("photo"));
    await new Promise((done) => setTimeout(done));
    expect(taken).toEqual([]);
    signedIn("ana");
    await vi.waitFor(() => expect(taken).toEqual(["b"]));
  });

  it("upload anew what the server has no more, and leave nothing behind for who signs out", async () => {
    let gone = true;
    const { tab, taken, files } = world(() => (gone ? "not_found" : null));
    const one = tab();
    void one.queue(message("b"), load("photo"));
    await files.settle("b", up("photo"));
    await vi.waitFor(() => expect(one.list()[0]).toMatchObject({ state: "failed", code: "not_found" }));
    gone = false;
    const again = one.retry("b", null);
    await files.settle("b", up("photo"));
    await again;
    expect(files.begun[1]).toMatchObject([{ state: "waiting", sent: 0, url: null }]);
    expect(taken).toEqual(["b"]);
    await one.forget();
    expect(files.done).toContain("ana forgotten");
  });
});
