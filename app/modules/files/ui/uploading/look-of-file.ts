import { barsOf } from "~/ui/conversation/voice/bars-of";

/** What the sender's browser knows of a file, as the server and the screen want it. */
export type FileLook = {
  kind: "image" | "video" | "audio" | "voice" | "file";
  width: number | null;
  height: number | null;
  placeholder: string | null;
  duration_ms: number | null;
  waveform: readonly number[] | null;
  /** An address within this page that shows it. */
  preview: string | null;
};

const UNKNOWN: Omit<FileLook, "kind"> = {
  ...{ width: null, height: null, placeholder: null, duration_ms: null, waveform: null, preview: null },
};

/** Longest sides in pixels: of what stands for a picture for a moment, and of a poster. */
const STILL = 24;
const POSTER = 160;
const MOST_PLACEHOLDER_BYTES = 4000;
/** Sound is unpacked whole for its waveform: of a longer file that would fill a phone. */
const MOST_SOUND_BYTES = 15_000_000;
const PATIENCE_MS = 8_000;

export function kindOf(type: string, voice = false): FileLook["kind"] {
  if (voice) return "voice";
  const family = type.split("/")[0];
  return family === "image" || family === "video" || family === "audio" ? family : "file";
}

/** Looks at a file as far as this browser can open it; what it cannot is a plain file here, and the server looks again. */
export async function lookAtFile(file: File): Promise<FileLook> {
  const kind = kindOf(file.type);
  const preview = kind === "image" || kind === "video" ? URL.createObjectURL(file) : null;
  try {
    if (kind === "image") return { ...UNKNOWN, ...(await lookAtPicture(preview ?? "")), kind, preview };
    if (kind === "video") return { ...UNKNOWN, ...(await lookAtVideo(preview ?? "")), kind, preview };
    if (kind === "audio") return { ...UNKNOWN, ...(await lookAtSound(file)), kind };
  } catch {
    if (preview) URL.revokeObjectURL(preview);
    return { ...UNKNOWN, kind };
  }
  return { ...UNKNOWN, kind };
}

async function lookAtPicture(address: string) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  return { width, height, placeholder: draw(picture, width, height, STILL) };
}

/** Its size, its length, and how it looks a moment after its beginning, which is often black. */
async function lookAtVideo(address: string) {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  video.src = address;
  await heard(video, "loadeddata");
  const { videoWidth: width, videoHeight: height, duration } = video;
  if (Number.isFinite(duration) && duration > 0.2) {
    video.currentTime = Math.min(1, duration / 2);
    await heard(video, "seeked");
  }
  const look = { width, height, placeholder: draw(video, width, height, POSTER), duration_ms: msOf(duration) };
  video.removeAttribute("src");
  video.load();
  return look;
}

const msOf = (seconds: number) => (Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null);

async function lookAtSound(file: File) {
  if (file.size > MOST_SOUND_BYTES) return {};
  const context = new OfflineAudioContext(1, 1, 8_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  return { duration_ms: msOf(sound.duration), waveform: barsOf(sound.getChannelData(0)) };
}

function heard(video: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Error("this browser cannot play it")), { once: true });
    setTimeout(() => reject(new Error("too slow")), PATIENCE_MS);
  });
}

/** A small picture as a data URL that the server takes; null where it stays too large or nothing can be drawn. */
function draw(source: CanvasImageSource, width: number, height: number, side: number): string | null {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.7, 0.4, 0.2]) {
    const url = canvas.toDataURL("image/jpeg", quality);
    if (url.startsWith("data:image/jpeg") && url.length * 0.75 <= MOST_PLACEHOLDER_BYTES) return url;
  }
  return null;
}
