import { attachmentOf } from "../uploading/attachment-of";
import { isSameFile, type UploadItem } from "../uploading/upload-items";
import { takeBack, UploadQueue } from "../uploading/upload-queue";
import { dropBytes, keepBytes, keptBytes, sweepBytes } from "./byte-store";
import { fitsHere } from "./fits-here";

/** A message with files, as far as these are concerned. */
export type Carried = { client_id: string; conversation: string; owner: string; files: readonly UploadItem[] };
/** How a message's files are now, and how they look. */
export type Step = { files: readonly UploadItem[]; attachments: readonly ReturnType<typeof attachmentOf>[] };

/** `refused`: an error code (`files_lost` where their bytes are gone), or null where another tab has them and brings them. */
export type Outcome = { step: Step } | { refused: string | null };

const lockName = (clientId: string) => `files ${clientId}`;
const stepOf = (files: readonly UploadItem[]): Step => ({ files, attachments: files.map(attachmentOf) });

/**
 * Brings up the files of messages that wait for them, and keeps their bytes in this browser until they are sent: a page
 * that comes later goes on from where the server stands. `tell` hears of every step.
 */
export function createCarrier(tell: (clientId: string, step: Step) => void) {
  const live = new Map<string, { queue: UploadQueue; letGo: () => void }>();

  const take = (clientId: string, queue: UploadQueue) => {
    let letGo = () => {};
    void navigator.locks?.request(lockName(clientId), () => new Promise<void>((done) => (letGo = done)));
    live.set(clientId, { queue, letGo: () => letGo() });
    queue.subscribe(() => tell(clientId, stepOf(queue.items())));
  };
  const leave = (clientId: string) => {
    live.get(clientId)?.queue.close();
    live.get(clientId)?.letGo();
    live.delete(clientId);
  };
  /** What a former page left of a message; null where another tab has it. */
  const revive = async (message: Carried): Promise<UploadQueue | null> => {
    const { client_id, conversation, files } = message;
    if (await isHeldElsewhere(client_id)) return null;
    const { items, bytes } = await foundOf(files);
    const { Upload } = await import("tus-js-client");
    const queue = new UploadQueue({ conversation }, Upload, items, bytes);
    queue.keeps();
    take(client_id, queue);
    tell(client_id, stepOf(items));
    return queue;
  };
  /** Takes over files that are on their way, and keeps their bytes where they fit. `wanted`: of all messages that wait. */
  const hold = async ({ client_id, owner }: Carried, queue: UploadQueue, wanted: ReadonlySet<string>) => {
    take(client_id, queue);
    const size = queue.items().reduce((sum, item) => sum + item.size, 0);
    try {
      await sweepBytes(owner, wanted);
      if (!fitsHere(size, (await navigator.storage?.estimate?.()) ?? null)) return;
      await keepBytes(owner, queue.bytes());
      queue.keeps();
    } catch {
      // A browser that keeps nothing (private, full) loses them with the page, as it warns.
    }
  };
  return {
    hold,
    /** Resolves once all are whole, or cannot be. @throws what aborted it */
    async bring(message: Carried, signal: AbortSignal): Promise<Outcome> {
      const queue = live.get(message.client_id)?.queue ?? (await revive(message));
      if (!queue) return { refused: null };
      for (const { key, state } of queue.items()) if (state === "failed" || state === "paused") queue.resume(key);
      return settled(queue, signal);
    },
    /** Bytes anew for files whose own are gone, picked again by their sender. Resolves with whether they are of these. */
    async supply(message: Carried, picked: readonly File[], wanted: ReadonlySet<string>): Promise<boolean> {
      const { client_id, conversation, files } = message;
      const known = live.get(client_id)?.queue;
      const bytes = new Map(known?.bytes());
      const items = (known?.items() ?? files).map((item): UploadItem => {
        const same = item.state === "lost" ? picked.find((file) => isSameFile(item, file)) : undefined;
        if (!same) return item;
        bytes.set(item.key, same);
        return { ...item, state: "waiting", code: null };
      });
      if (bytes.size === (known?.bytes().size ?? 0)) return false;
      leave(client_id);
      const { Upload } = await import("tus-js-client");
      void hold(message, new UploadQueue({ conversation }, Upload, items, bytes), wanted);
      return true;
    },
    /** They are the message's for good, or nobody's: then the server lets go of them as well. */
    drop({ client_id, files }: Carried, gaveUp: boolean): void {
      const items = live.get(client_id)?.queue.items() ?? files;
      for (const { preview } of items) if (preview) URL.revokeObjectURL(preview);
      leave(client_id);
      if (gaveUp) for (const { url, state } of items) if (url && state !== "ready") void takeBack(url);
      dropBytes(items.map(({ key }) => key)).catch(() => {});
    },
    /** Nothing is under way for it here any more; its bytes stay. */
    leave,
    forget: (owner: string) => sweepBytes(owner, null).catch(() => {}),
    stop(): void {
      for (const clientId of [...live.keys()]) leave(clientId);
    },
    /** Resolves once no other tab holds this message's files. */
    freed: async (clientId: string): Promise<void> =>
      void (await navigator.locks?.request(lockName(clientId), () => {})),
  };
}

export type Carrier = ReturnType<typeof createCarrier>;

async function isHeldElsewhere(clientId: string): Promise<boolean> {
  const locks = await navigator.locks?.query();
  return locks?.held?.some(({ name }) => name === lockName(clientId)) ?? false;
}

/** What a former page left of files, to go on from. */
async function foundOf(files: readonly UploadItem[]) {
  const bytes = new Map<string, File>();
  const items = await Promise.all(
    files.map(async (item): Promise<UploadItem> => {
      if (item.state === "ready") return { ...item, preview: null };
      const file = await keptBytes(item.key);
      if (!file) return { ...item, state: "lost", code: null };
      bytes.set(item.key, file);
      const seen = item.kind === "image" || item.kind === "video";
      return { ...item, state: "waiting", code: null, preview: seen ? URL.createObjectURL(file) : null };
    }),
  );
  return { items, bytes };
}

/** What has come of the files, as soon as it is certain. */
function outcomeOf(items: readonly UploadItem[]): Outcome | null {
  const failed = items.find(({ state }) => state === "failed");
  if (failed) return { refused: failed.code ?? "unexpected" };
  if (items.some(({ state }) => state === "lost")) return { refused: "files_lost" };
  return items.every(({ state }) => state === "ready") ? { step: stepOf(items) } : null;
}

function settled(queue: UploadQueue, signal: AbortSignal): Promise<Outcome> {
  return new Promise((done, fail) => {
    const look = () => {
      const outcome = outcomeOf(queue.items());
      if (!outcome && !signal.aborted) return;
      stop();
      signal.removeEventListener("abort", look);
      if (outcome) done(outcome);
      else fail(signal.reason);
    };
    const stop = queue.subscribe(look);
    signal.addEventListener("abort", look);
    look();
  });
}
