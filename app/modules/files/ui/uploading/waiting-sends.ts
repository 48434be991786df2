import { fileIdOf, type UploadItem } from "./upload-items";

export type SendOptions = {
  visibility?: "public" | "staff";
  basedOnSeq?: number | null;
  replyTo?: string | null;
};

/** A message that leaves when its files are up. */
export type WaitingSend = {
  client_id: string;
  text: string;
  /** The uploads that go with it. */
  keys: readonly string[];
  options: SendOptions;
  created_at: string;
};

const ofSend = (items: readonly UploadItem[], { keys }: WaitingSend) => items.filter(({ key }) => keys.includes(key));

/** The first message, if its files are whole: messages leave in the order in which they were written. */
export function nextToSend(sends: readonly WaitingSend[], items: readonly UploadItem[]): WaitingSend | null {
  const [first] = sends;
  return first && ofSend(items, first).every(({ state }) => state === "ready") ? first : null;
}

/** Those that no message has taken yet. */
export function unclaimed(items: readonly UploadItem[], sends: readonly WaitingSend[]): readonly UploadItem[] {
  const claimed = new Set(sends.flatMap(({ keys }) => keys));
  return items.filter(({ key }) => !claimed.has(key));
}

/** A file as its message shows it, before and after the server has it. */
export function attachmentOf(item: UploadItem) {
  const { kind, name, type: mime, size, width, height, placeholder, duration_ms } = item;
  const id = fileIdOf(item) || item.key;
  const ready = item.state === "ready";
  const state = ready ? ("ready" as const) : item.state === "failed" ? ("failed" as const) : ("pending" as const);
  return {
    ...{ id, kind, name, mime, size, width, height, placeholder, duration_ms, state, reason: null },
    url: ready ? `/media/${id}` : null,
    thumbnail: ready && kind === "image" && mime !== "image/gif" ? `/media/${id}?size=thumb` : null,
    waveform: item.waveform ? [...item.waveform] : null,
  };
}

/** A message that waits, as its bubble shows it: with how far each file is, from 0 to 1. */
export function attachmentsOf(send: WaitingSend, items: readonly UploadItem[]) {
  return ofSend(items, send).map((item) => ({
    ...attachmentOf(item),
    preview: item.preview,
    progress: item.size > 0 ? item.sent / item.size : 1,
  }));
}
