import type { FileKind } from "~db/schema/files";
import { measurePlaceholder, redrawPlaceholder } from "./placeholder.server";

/** What a sender, who has the file open, knows of it before the server does. */
export type Told = { durationMs: number | null; waveform: number[] | null; placeholder: string | null };

const A_DAY_MS = 24 * 3600 * 1000;
const MOST_BARS = 100;
const BAR = /^(?:100|\d{1,2})$/;

function readDuration(given: string | null | undefined): number | null {
  const ms = /^\d{1,9}$/.test(given ?? "") ? Number(given) : 0;
  return ms > 0 && ms <= A_DAY_MS ? ms : null;
}

function readWaveform(given: string | null | undefined): number[] | null {
  const bars = (given ?? "").split(",");
  return bars.length <= MOST_BARS && bars.every((bar) => BAR.test(bar)) ? bars.map(Number) : null;
}

/** What the metadata of an upload tells of its content; what is unsound was not said. */
export async function toldBySender(metadata: Record<string, string | null>): Promise<Told> {
  const moves = metadata.filetype?.startsWith("video/") ?? false;
  return {
    durationMs: readDuration(metadata.duration),
    waveform: readWaveform(metadata.waveform),
    placeholder: metadata.placeholder ? await redrawPlaceholder(metadata.placeholder, moves) : null,
  };
}

/** As much of it as fits what the content turned out to be. A video's shape is that of its poster. */
export async function believable(kind: FileKind, told: Told) {
  const { durationMs, waveform, placeholder } = told;
  if (kind === "image") return { placeholder };
  if (kind === "audio" || kind === "voice") return { durationMs, waveform };
  if (kind === "video") return { durationMs, placeholder, ...(placeholder && (await measurePlaceholder(placeholder))) };
  return {};
}
