import { barsOf } from "./bars-of";
import { encodeWav } from "./encode-wav";
import type { Recording } from "./recording";

/** Enough for speech: half a minute is a megabyte. */
const SPEECH_HZ = 16_000;
/** What every browser plays, and records where the system has its encoder. */
const EVERYWHERE = "audio/mp4;codecs=mp4a.40.2";

/** How to record here: what plays everywhere if the browser can, else whatever it takes, to be converted. */
export function recordingType(): string | undefined {
  return [EVERYWHERE, "audio/webm;codecs=opus", "audio/ogg;codecs=opus"].find((type) =>
    MediaRecorder.isTypeSupported(type),
  );
}

/**
 * A recording as a file that every browser plays, with its length and its waveform. AAC in MP4 is kept; Opus, which older
 * iPhones do not play, becomes WAV.
 * @throws what the browser says of sound that it cannot read
 */
export async function makeRecording(taken: Blob): Promise<Recording> {
  const sound = await new OfflineAudioContext(1, 1, SPEECH_HZ).decodeAudioData(await taken.arrayBuffer());
  const samples = sound.getChannelData(0);
  const kept = taken.type.startsWith("audio/mp4") && !taken.type.includes("opus");
  const content = kept ? taken : new Blob([encodeWav(samples, sound.sampleRate)]);
  const [type, ending] = kept ? ["audio/mp4", "m4a"] : ["audio/wav", "wav"];
  return {
    file: new File([content], `${nameOf(new Date())}.${ending}`, { type }),
    duration_ms: Math.max(1, Math.round(sound.duration * 1000)),
    waveform: barsOf(samples),
  };
}

/** By the day and the hour: "voz-2026-11-26-10-05-09". */
const nameOf = (now: Date) => `voz-${now.toISOString().slice(0, 19).replace(/[T:]/g, "-")}`;
