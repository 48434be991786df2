import type { Load } from "~/modules/files/ui/uploading/tray";
import { HubRefusal } from "../../client/outgoing";
import type { createMessageFiles, MessageFiles, Step } from "./message-files";
import type { OutboxStore } from "./outbox-store";
import { Interrupted, type QueuedMessage } from "./queued-message";

/** One after the other, over all tabs: `name` is held by one at a time. */
export type Lock = (name: string, work: () => Promise<void>) => Promise<void>;

export type OutboxParts = {
  owner: string;
  store: OutboxStore;
  /** Resolves once whoever's outbox this is may send. @throws Interrupted when `stopped` says so */
  mayGo: (stopped: () => boolean) => Promise<void>;
  /** Resolves once the server has it. @throws HubRefusal when the server does not want it, else when `stopped` says so */
  deliver: (message: QueuedMessage, stopped: () => boolean) => Promise<unknown>;
  lock: Lock;
  /** Opens what is done with files, which comes with the first message that has any. */
  openFiles: (parts: Parameters<typeof createMessageFiles>[0]) => Promise<MessageFiles>;
  /** Between a browser's tabs. */
  channel: Pick<BroadcastChannel, "postMessage" | "onmessage"> | null;
};

/** Its writer wants it no more. */
class GivenUp extends Error {}

type News = { listed: true } | { sent: string };

/**
 * What this browser has written and the server does not have yet. It survives the page; whichever tab has a way to the
 * server sends for all, in the order of writing, one conversation beside the other.
 */
export function createOutbox({ owner, store, mayGo, deliver, lock, openFiles, channel }: OutboxParts) {
  let shown: readonly QueuedMessage[] = [];
  const listeners = new Set<() => void>();
  /** Written here, and shown whatever an older look into the store says, until something came of it. */
  const fresh = new Set<string>();
  let stopped = false;
  const draining = new Map<string, { again: boolean }>();
  const bringing = new Map<string, AbortController>();

  const show = (next: readonly QueuedMessage[]) => {
    shown = next;
    for (const listener of listeners) listener();
  };
  const place = (clientId: string, change: Partial<QueuedMessage>) => {
    fresh.delete(clientId);
    show(shown.map((one) => (one.client_id === clientId ? { ...one, ...change } : one)));
  };
  const find = (clientId: string) => shown.find((message) => message.client_id === clientId);
  /** How the files of this page's messages stand. */
  const steps = new Map<string, Step>();
  /** An address within another page leads nowhere in this one. */
  const dress = (one: QueuedMessage): QueuedMessage =>
    one.files
      ? {
          ...one,
          attachments: one.attachments.map((file) => ({ ...file, preview: null })),
          ...steps.get(one.client_id),
        }
      : one;
  let opened: Promise<MessageFiles> | undefined;
  const files = () => {
    opened ??= openFiles({
      store,
      tell(clientId, step) {
        steps.set(clientId, step);
        show(shown.map((one) => (one.client_id === clientId ? { ...one, ...step } : one)));
      },
      freed: (conversation) => void drain(conversation),
    });
    return opened;
  };
  const end = (one: QueuedMessage, why: Parameters<MessageFiles["end"]>[1]) => {
    if (one.files) void files().then((them) => them.end(dress(one), why));
  };
  const tell = (news: News) => {
    if (!stopped) channel?.postMessage(news);
  };

  /** What the store has, and what was sent and is not seen in its thread yet. */
  const look = async () => {
    const stored = await store.list(owner);
    const known = new Set(stored.map((one) => one.client_id));
    const ours = shown.filter((one) => !known.has(one.client_id));
    const sentOnes = ours.filter((one) => one.state === "sent");
    show([...sentOnes, ...stored.map(dress), ...ours.filter((one) => fresh.has(one.client_id))]);
    return stored;
  };
  const sent = (clientId: string) => place(clientId, { state: "sent", code: null });
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<News>) => {
      if ("listed" in data) return void look();
      const one = find(data.sent);
      sent(data.sent);
      if (one) end(one, "sent");
    };
  }

  const bring = async (message: QueuedMessage) => {
    if (message.files?.every(({ state }) => state === "ready") ?? true) return message;
    const control = new AbortController();
    bringing.set(message.client_id, control);
    try {
      return await (await files()).bring(message, control.signal);
    } finally {
      bringing.delete(message.client_id);
    }
  };
  const sendOne = async (message: QueuedMessage) => {
    try {
      await mayGo(() => stopped);
      const whole = await bring(message);
      // Files may have taken hours.
      if (whole !== message) await mayGo(() => stopped);
      await deliver(whole, () => stopped);
      sent(message.client_id);
      tell({ sent: message.client_id });
      await store.remove(message.client_id);
      end(message, "sent");
    } catch (error) {
      if (error instanceof GivenUp) return;
      if (!(error instanceof HubRefusal)) throw error;
      const failed = { state: "failed", code: error.code, data: error.data } as const;
      await store.change(message.client_id, failed);
      place(message.client_id, failed);
      tell({ listed: true });
    }
  };
  const next = async (conversation: string) =>
    (await store.list(owner)).find((one) => one.conversation === conversation && one.state === "sending");

  const drain = async (conversation: string): Promise<void> => {
    const running = draining.get(conversation);
    if (running) {
      running.again = true;
      return;
    }
    const mine = { again: true };
    draining.set(conversation, mine);
    try {
      while (mine.again && !stopped) {
        mine.again = false;
        await lock(`outbox ${owner} ${conversation}`, async () => {
          for (let one = await next(conversation); one; one = await next(conversation)) await sendOne(one);
        });
      }
    } catch (error) {
      if (!stopped && !(error instanceof Interrupted)) throw error;
    } finally {
      draining.delete(conversation);
    }
  };

  const remove = async (clientId: string, why: "given_up" | "taken") => {
    const one = find(clientId);
    show(shown.filter((message) => message !== one));
    bringing.get(clientId)?.abort(new GivenUp());
    await store.remove(clientId);
    if (one) end(one, why);
    tell({ listed: true });
  };
  const retry = async (clientId: string, basedOnSeq: number | null): Promise<void> => {
    const one = find(clientId);
    if (!one) return;
    const again = { state: "sending", code: null, data: undefined, based_on_seq: basedOnSeq } as const;
    const change = { ...again, ...(one.files && (await files()).again(one)) };
    place(clientId, change);
    await store.change(clientId, change);
    await drain(one.conversation);
  };

  return {
    owner,
    /** Sends what is left of earlier pages. */
    async start(): Promise<void> {
      const waiting = (await look()).filter((one) => one.state === "sending");
      await Promise.all([...new Set(waiting.map((one) => one.conversation))].map(drain));
    },
    /** `load`: the files that it takes along, as far as they are. */
    async queue(message: QueuedMessage, load?: Load): Promise<void> {
      fresh.add(message.client_id);
      const { queue, ...step } = load ?? {};
      const whole: QueuedMessage = { ...message, ...step };
      if (load) {
        steps.set(message.client_id, load);
        if (load.files.every(({ state }) => state === "ready")) queue?.close();
        else void files().then((them) => them.hold(whole, load, [...shown, whole]));
      }
      show([...shown, whole]);
      await store.add(whole);
      tell({ listed: true });
      await drain(message.conversation);
    },
    retry,
    /** Files picked again for a message whose bytes are gone. Resolves with whether they are the same. */
    async supply(clientId: string, picked: readonly File[]): Promise<boolean> {
      const one = find(clientId);
      if (!one || !(await (await files()).supply(one, picked, shown))) return false;
      await retry(clientId, one.based_on_seq);
      return true;
    },
    discard: (clientId: string) => remove(clientId, "given_up"),
    /** Takes a message back that was not sent: its words and files are its writer's again. */
    take: (clientId: string) => remove(clientId, "taken"),
    /** Whose it is signs out: nothing of theirs stays in this browser. */
    async forget(): Promise<void> {
      const all = shown;
      show([]);
      await store.clear(owner);
      if (opened || all.some((one) => one.files)) await (await files()).forget(owner);
      tell({ listed: true });
    },
    /** The page goes; what is left is for the next one. */
    stop(): void {
      stopped = true;
      for (const control of bringing.values()) control.abort(new Interrupted());
      void opened?.then((them) => them.stop());
      listeners.clear();
    },
    /** A thread that is opened anew loads what the server has, or has it further up. */
    opened(conversation: string): void {
      const left = shown.filter((one) => one.conversation !== conversation || one.state !== "sent");
      if (left.length < shown.length) show(left);
    },
    /** Those that their thread shows by now need not be shown here. */
    arrived(clientIds: ReadonlySet<string | null>): void {
      if (shown.some((one) => clientIds.has(one.client_id))) show(shown.filter((one) => !clientIds.has(one.client_id)));
    },
    list: () => shown,
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
