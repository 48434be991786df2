import type { Upload } from "tus-js-client";
import { newId } from "~/platform/ids";
import { afterFailure, type Failure } from "./after-failure";
import { keep, readKept } from "./kept-uploads";
import { type FileLook, lookAtFile } from "./look-of-file";
import { Transfer } from "./transfer";
import { isSameFile, nextToBegin, type UploadAction, type UploadItem, uploadsAfter } from "./upload-items";
import {
  attachmentOf,
  attachmentsOf,
  nextToSend,
  type SendOptions,
  unclaimed,
  type WaitingSend,
} from "./waiting-sends";

type UploadState = { readonly items: readonly UploadItem[]; readonly sends: readonly WaitingSend[] };
/** Hands a message over whose files are whole. */
export type Deliver = (send: WaitingSend, attachments: ReturnType<typeof attachmentOf>[]) => void;
/** What is for the composer, and what for the thread. */
export type Shown = {
  readonly list: readonly UploadItem[];
  readonly waiting: readonly (WaitingSend & { attachments: ReturnType<typeof attachmentsOf> })[];
};

const shownOf = ({ items, sends }: UploadState): Shown => ({
  list: unclaimed(items, sends),
  waiting: sends.map((send) => ({ ...send, attachments: attachmentsOf(send, items) })),
});
/** The server takes so many with one message. */
const MOST_FILES = 32;

/**
 * The uploads of one conversation and the messages that wait for them. It outlives the screen that shows it: files go on
 * coming in while the sender looks at another chat.
 */
export class UploadQueue {
  readonly #conversationId: string;
  readonly #files = new Map<string, File>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #attempts = new Map<string, number>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  #deliver: Deliver;
  readonly #client: typeof Upload;
  #state: UploadState;
  #shown: Shown;

  /** `deliver`: by what messages leave until `deliverBy` names another. */
  constructor(conversationId: string, client: typeof Upload, deliver: Deliver) {
    this.#conversationId = conversationId;
    this.#client = client;
    this.#deliver = deliver;
    this.#state = { items: readKept(conversationId), sends: [] };
    this.#shown = shownOf(this.#state);
    window.addEventListener("online", () => this.#wakeAll());
    window.addEventListener("beforeunload", (event) => {
      const { items, sends } = this.#state;
      const moving = items.some(({ state }) => state === "uploading" || state === "waiting");
      if (moving || sends.length > 0) event.preventDefault();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly shown = (): Shown => this.#shown;

  /** Messages leave by this from now on, also when the screen that said so is gone. */
  deliverBy(deliver: Deliver): void {
    this.#deliver = deliver;
  }

  /** Begins at once; a file that a former page had begun goes on from where it was. */
  async add(files: readonly File[]): Promise<void> {
    const room = MOST_FILES - unclaimed(this.#state.items, this.#state.sends).length;
    for (const file of files.slice(0, Math.max(0, room))) {
      const known = this.#state.items.find((item) => item.state === "lost" && isSameFile(item, file));
      if (known) {
        this.#files.set(known.key, file);
        const { preview } = await lookAtFile(file);
        this.#change(known.key, { state: "waiting", preview });
      } else this.#put(file, await lookAtFile(file));
    }
  }

  /** A voice note is a message of its own. */
  sendVoice(file: File, look: FileLook, options: SendOptions): void {
    this.#queue("", [this.#put(file, look)], options);
  }

  /** Sends a text with all files that no message has yet, as soon as they are whole. */
  send(text: string, options: SendOptions): void {
    const files = unclaimed(this.#state.items, this.#state.sends);
    for (const { key, state } of files) if (state === "paused") this.resume(key);
    const keys = files.map(({ key }) => key);
    if (text !== "" || keys.length > 0) this.#queue(text, keys, options);
  }

  pause(key: string): void {
    this.#stop(key);
    this.#change(key, { state: "paused", code: null });
  }

  /** Also of one that failed: with a new count of its attempts. */
  resume(key: string): void {
    this.#attempts.delete(key);
    this.#change(key, { state: "waiting", code: null });
  }

  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    const item = this.#state.items.find((one) => one.key === key);
    const transfer = this.#transfers.get(key);
    if (transfer) transfer.discard();
    else if (item?.url && item.state !== "ready") void takeBack(item.url);
    this.#forget([key]);
  }

  /** Gives up a message that waits, and its files. */
  discard(clientId: string): void {
    const send = this.#state.sends.find((one) => one.client_id === clientId);
    this.#set({ ...this.#state, sends: this.#state.sends.filter((one) => one !== send) });
    for (const key of send?.keys ?? []) this.cancel(key);
  }

  retry(clientId: string): void {
    const send = this.#state.sends.find((one) => one.client_id === clientId);
    for (const { key, state } of this.#state.items)
      if (send?.keys.includes(key) && state !== "ready" && state !== "uploading") this.resume(key);
  }

  #put(file: File, look: FileLook): string {
    const key = newId();
    this.#files.set(key, file);
    const { name, type, size, lastModified } = file;
    const voice = look.kind === "voice";
    const begun = { state: "waiting", sent: 0, url: null, code: null } as const;
    this.#act({ do: "add", item: { ...look, key, name, type, size, lastModified, voice, ...begun } });
    return key;
  }

  #queue(text: string, keys: readonly string[], options: SendOptions): void {
    const send = { client_id: newId(), text, keys, options, created_at: new Date().toISOString() };
    this.#set({ ...this.#state, sends: [...this.#state.sends, send] });
  }

  #act(action: UploadAction): void {
    this.#set({ ...this.#state, items: uploadsAfter(this.#state.items, action) });
  }

  #change(key: string, to: Partial<UploadItem>): void {
    this.#act({ do: "change", key, to });
  }

  #set(state: UploadState): void {
    this.#state = state;
    for (const item of nextToBegin(state.items)) this.#begin(item);
    const due = nextToSend(this.#state.sends, this.#state.items);
    if (due) {
      this.#leave(due);
      return;
    }
    this.#shown = shownOf(this.#state);
    keep(this.#conversationId, this.#state.items);
    for (const listener of this.#listeners) listener();
  }

  #leave(send: WaitingSend): void {
    const files = this.#state.items.filter(({ key }) => send.keys.includes(key));
    this.#deliver(send, files.map(attachmentOf));
    const items = this.#state.items.filter((item) => !files.includes(item));
    for (const { key, preview } of files) {
      this.#files.delete(key);
      if (preview) URL.revokeObjectURL(preview);
    }
    this.#set({ items, sends: this.#state.sends.filter((one) => one !== send) });
  }

  #begin({ key }: UploadItem): void {
    const item = this.#state.items.find((one) => one.key === key);
    const file = this.#files.get(key);
    if (!item || !file || item.state !== "waiting") return;
    const transfer = this.#transfers.get(key) ?? this.#open(file, item);
    this.#transfers.set(key, transfer);
    this.#state = {
      ...this.#state,
      items: uploadsAfter(this.#state.items, { do: "change", key, to: { state: "uploading", code: null } }),
    };
    transfer.start();
  }

  #open(file: File, item: UploadItem): Transfer {
    const { key } = item;
    return new Transfer(this.#client, file, item, this.#conversationId, {
      onUrl: (url) => this.#change(key, { url }),
      onSent: (sent) => this.#change(key, { sent }),
      onWhole: () => {
        this.#transfers.delete(key);
        this.#change(key, { state: "ready", sent: item.size, code: null });
      },
      onFailure: (failure) => this.#fail(key, failure),
    });
  }

  #fail(key: string, failure: Failure): void {
    const attempts = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempts);
    const verdict = afterFailure(failure, attempts);
    if (verdict.do === "fail") {
      this.#transfers.delete(key);
      this.#change(key, { state: "failed", code: verdict.code });
    } else {
      const timer = setTimeout(() => this.#wake(key), verdict.ms);
      this.#timers.set(key, timer);
      this.#change(key, { state: "waiting", code: "offline" });
    }
  }

  /** Tries again what waited for the network, which has come back, or for its time. */
  #wake(key: string): void {
    clearTimeout(this.#timers.get(key));
    const item = this.#state.items.find((one) => one.key === key);
    if (item?.state === "waiting" && item.code !== null) this.#change(key, { code: null });
  }

  #wakeAll(): void {
    for (const { key } of this.#state.items) this.#wake(key);
  }

  #stop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#transfers.get(key)?.stop();
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.#files.delete(key);
      this.#transfers.delete(key);
      this.#attempts.delete(key);
      const preview = this.#state.items.find((item) => item.key === key)?.preview;
      if (preview) URL.revokeObjectURL(preview);
    }
    const sends = this.#state.sends.map((send) => ({ ...send, keys: send.keys.filter((key) => !keys.includes(key)) }));
    this.#state = { ...this.#state, sends: sends.filter((send) => send.keys.length > 0 || send.text !== "") };
    this.#act({ do: "drop", keys });
  }
}

/** What cannot be reached goes by itself within a day. */
const takeBack = (url: string) =>
  fetch(url, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } }).catch(() => null);
