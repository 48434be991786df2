import { fileIdOf, type UploadItem } from "./upload-items";

/** A file as its message shows it, before and after the server has it: with how far it is, from 0 to 1. */
export function attachmentOf(item: UploadItem) {
  const { kind, name, type: mime, size, width, height, placeholder, duration_ms, preview } = item;
  const id = fileIdOf(item) || item.key;
  const ready = item.state === "ready";
  const state = ready ? ("ready" as const) : item.state === "failed" ? ("failed" as const) : ("pending" as const);
  return {
    ...{ id, kind, name, mime, size, width, height, placeholder, duration_ms, state, reason: null },
    url: ready ? `/media/${id}` : null,
    thumbnail: ready && kind === "image" && mime !== "image/gif" ? `/media/${id}?size=thumb` : null,
    waveform: item.waveform ? [...item.waveform] : null,
    ...(!ready && { preview, progress: item.size > 0 ? item.sent / item.size : 1 }),
  };
}
