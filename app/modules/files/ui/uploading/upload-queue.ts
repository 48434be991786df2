import type { Upload } from "tus-js-client";
import { newId } from "~/platform/ids";
import { afterFailure, type Failure } from "./after-failure";
import { type FileLook, lookAtFile } from "./look-of-file";
import { Transfer, type UploadTarget } from "./transfer";
import { isSameFile, nextToBegin, type UploadAction, type UploadItem, uploadsAfter } from "./upload-items";

/** The server takes so many with one message. */
const MOST_FILES = 32;

/**
 * Files on their way into one conversation, for the message that will take them, or into one bot. It outlives the screen that shows it:
 * files go on coming in while the sender looks at another chat.
 */
export class UploadQueue {
  readonly #target: UploadTarget;
  readonly #client: typeof Upload;
  readonly #files: Map<string, File>;
  readonly #transfers = new Map<string, Transfer>();
  readonly #attempts = new Map<string, number>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<() => void>();
  #items: readonly UploadItem[];
  #kept = false;

  /** `bytes`: of the items that have any, by their keys. */
  constructor(
    target: UploadTarget,
    client: typeof Upload,
    items: readonly UploadItem[],
    bytes: ReadonlyMap<string, File> = new Map(),
  ) {
    this.#target = target;
    this.#client = client;
    this.#files = new Map(bytes);
    this.#items = items;
    window.addEventListener("online", this.#wakeAll);
    window.addEventListener("beforeunload", this.#warn);
    this.#beginDue();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly items = (): readonly UploadItem[] => this.#items;

  /** Begins at once; a file that a former page had begun goes on from where it was. */
  async add(files: readonly File[]): Promise<void> {
    const room = MOST_FILES - this.#items.length;
    for (const file of files.slice(0, Math.max(0, room))) {
      const known = this.#items.find((item) => item.state === "lost" && isSameFile(item, file));
      if (known) {
        this.#files.set(known.key, file);
        const { preview } = await lookAtFile(file);
        this.#change(known.key, { state: "waiting", preview });
      } else this.put(file, await lookAtFile(file));
    }
  }

  /** What it holds of each file, by its key. */
  bytes(): ReadonlyMap<string, File> {
    return this.#files;
  }

  /** Its bytes outlive this page: nobody need stay for them. */
  keeps(): void {
    this.#kept = true;
  }

  /** Files that need no bytes: whole ones, which a message had taken. */
  putBack(files: readonly UploadItem[]): void {
    for (const item of files) this.#act({ do: "add", item });
  }

  /** Stops all; the server keeps what it has. */
  close(): void {
    for (const { key } of this.#items) this.#stop(key);
    this.#listeners.clear();
    window.removeEventListener("online", this.#wakeAll);
    window.removeEventListener("beforeunload", this.#warn);
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
    const item = this.#items.find((one) => one.key === key);
    const transfer = this.#transfers.get(key);
    if (transfer) transfer.discard();
    else if (item?.url && item.state !== "ready") void takeBack(item.url);
    this.#forget([key]);
  }

  /** Puts in a file that has been looked at. */
  put(file: File, look: FileLook): void {
    const { name, type, size, lastModified } = file;
    const begun = { state: "waiting", sent: 0, url: null, code: null } as const;
    const item = { ...look, key: newId(), name, type, size, lastModified, voice: look.kind === "voice", ...begun };
    this.#files.set(item.key, file);
    this.#act({ do: "add", item });
  }

  #act(action: UploadAction): void {
    this.#items = uploadsAfter(this.#items, action);
    this.#beginDue();
    for (const listener of this.#listeners) listener();
  }

  #beginDue(): void {
    for (const item of nextToBegin(this.#items)) this.#begin(item);
  }

  #change(key: string, to: Partial<UploadItem>): void {
    this.#act({ do: "change", key, to });
  }

  #begin({ key }: UploadItem): void {
    const item = this.#items.find((one) => one.key === key);
    const file = this.#files.get(key);
    if (!item || !file || item.state !== "waiting") return;
    const transfer = this.#transfers.get(key) ?? this.#open(file, item);
    this.#transfers.set(key, transfer);
    this.#items = uploadsAfter(this.#items, { do: "change", key, to: { state: "uploading", code: null } });
    transfer.start();
  }

  #open(file: File, item: UploadItem): Transfer {
    const { key } = item;
    return new Transfer(this.#client, file, item, this.#target, {
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
    const item = this.#items.find((one) => one.key === key);
    if (item?.state === "waiting" && item.code !== null) this.#change(key, { code: null });
  }

  readonly #warn = (event: BeforeUnloadEvent): void => {
    if (this.#kept) return;
    if (this.#items.some(({ state }) => state === "uploading" || state === "waiting")) event.preventDefault();
  };

  readonly #wakeAll = (): void => {
    for (const { key } of this.#items) this.#wake(key);
  };

  #stop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#transfers.get(key)?.stop();
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.#files.delete(key);
      this.#transfers.delete(key);
      this.#attempts.delete(key);
      const preview = this.#items.find((item) => item.key === key)?.preview;
      if (preview) URL.revokeObjectURL(preview);
    }
    this.#act({ do: "drop", keys });
  }
}

/** What cannot be reached goes by itself within a day. */
export const takeBack = (url: string) =>
  fetch(url, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } }).catch(() => null);
