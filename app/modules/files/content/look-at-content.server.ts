import { open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import type { FileKind } from "~db/schema/files";
import { isPicture, measurePicture } from "./picture.server";

/** A song may carry its cover before its first sound. */
const HEAD_BYTES = 512 * 1024;
const UNKNOWN = "application/octet-stream";

const VIDEO = ["video/mp4", "video/webm", "video/quicktime", "video/ogg", "video/3gpp"];
const AUDIO = [
  "audio/mpeg",
  "audio/ogg",
  "audio/mp4",
  "audio/wav",
  "audio/webm",
  "audio/aac",
  "audio/flac",
  "audio/amr",
];
/** What is handed out as what it is, though no browser opens it here. */
const NAMED = [
  ...["application/pdf", "application/zip", "application/gzip", "application/x-7z-compressed", "application/rtf"],
  ...["image/heic", "image/tiff", "image/bmp", "video/matroska", "video/x-msvideo", "application/epub+zip"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];
/** Other names that the library has for the same. */
const SAME: Record<string, string> = {
  "audio/x-m4a": "audio/mp4",
  "audio/x-flac": "audio/flac",
  "audio/vnd.wave": "audio/wav",
  "audio/opus": "audio/ogg",
  "image/apng": "image/png",
};
/** Boxes that hold sound alone as well as pictures: only who recorded it knows. */
const SOUND_ALONE: Record<string, string> = {
  "video/webm": "audio/webm",
  "video/mp4": "audio/mp4",
  "video/ogg": "audio/ogg",
};

export type Content = {
  kind: FileKind;
  mime: string;
  width: number | null;
  height: number | null;
  /** Why something that looks like a picture is a plain file. */
  reason: string | null;
};

const plain = (mime: string, reason: string | null = null): Content => ({
  kind: "file",
  mime,
  width: null,
  height: null,
  reason,
});

async function typeOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const found = await fileTypeFromBuffer(buffer.subarray(0, bytesRead)).catch(() => undefined);
    const mime = found?.mime.split(";", 1)[0] ?? UNKNOWN;
    return SAME[mime] ?? mime;
  } finally {
    await handle.close();
  }
}

/**
 * What a file is, by its content alone: neither its name nor what the sender calls it makes anything of it that a
 * browser would run. `declared` tells sound from moving pictures in one box, and a voice note from a song.
 */
export async function lookAtContent(path: string, declared: { type: string | null; voice: boolean }): Promise<Content> {
  const mime = await typeOf(path);
  if (isPicture(mime)) {
    const measured = await measurePicture(path);
    return "reason" in measured ? plain(UNKNOWN, measured.reason) : { kind: "image", mime, reason: null, ...measured };
  }
  const alone = declared.type?.startsWith("audio/") ? SOUND_ALONE[mime] : undefined;
  const sound = alone ?? (AUDIO.includes(mime) ? mime : undefined);
  if (sound) return { ...plain(sound), kind: declared.voice ? "voice" : "audio" };
  if (VIDEO.includes(mime)) return { ...plain(mime), kind: "video" };
  return plain(NAMED.includes(mime) ? mime : UNKNOWN);
}
