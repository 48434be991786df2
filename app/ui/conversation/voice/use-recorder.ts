import { useCallback, useEffect, useRef, useState } from "react";
import { makeRecording, recordingType } from "./make-recording";
import type { Recording } from "./recording";

/** In milliseconds: a message, not a broadcast. */
const LONGEST_MS = 15 * 60_000;
const TICK_MS = 100;

export type RecorderState =
  | { is: "starting" | "recording" | "paused" | "preparing" }
  | { is: "done"; recording: Recording }
  | { is: "failed"; why: "micRefused" | "micMissing" | "micFailed" };

type Taking = { recorder: MediaRecorder; stream: MediaStream; level: () => number; end: () => void };

/** A microphone from the first render on, until `stop` or the end of its component; `level` is from 0 to 1. */
export function useRecorder() {
  const [state, setState] = useState<RecorderState>({ is: "starting" });
  const [ms, setMs] = useState(0);
  const [level, setLevel] = useState(0);
  const taking = useRef<Taking | null>(null);

  useEffect(() => {
    let gone = false;
    const begin = async () => {
      const opened = await openMicrophone((taken) => {
        setState({ is: "preparing" });
        makeRecording(taken).then(
          (recording) => gone || setState({ is: "done", recording }),
          () => gone || setState({ is: "failed", why: "micFailed" }),
        );
      });
      if (gone) return opened.end();
      taking.current = opened;
      opened.recorder.start(1000);
      setState({ is: "recording" });
    };
    begin().catch((error: unknown) => gone || setState({ is: "failed", why: reasonOf(error) }));
    return () => {
      gone = true;
      taking.current?.end();
    };
  }, []);

  const stop = useCallback(() => taking.current?.recorder.state !== "inactive" && taking.current?.recorder.stop(), []);
  useEffect(() => {
    if (state.is !== "recording") return;
    const timer = setInterval(() => {
      setMs((old) => old + TICK_MS);
      setLevel(taking.current?.level() ?? 0);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [state.is]);
  useEffect(() => {
    if (ms >= LONGEST_MS) stop();
  }, [ms, stop]);

  return {
    state,
    ms,
    level,
    stop,
    pause: () => {
      taking.current?.recorder.pause();
      setState({ is: "paused" });
    },
    resume: () => {
      taking.current?.recorder.resume();
      setState({ is: "recording" });
    },
  };
}

function reasonOf(error: unknown): "micRefused" | "micMissing" | "micFailed" {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "micRefused";
  return name === "NotFoundError" || !navigator.mediaDevices ? "micMissing" : "micFailed";
}

async function openMicrophone(onTaken: (taken: Blob) => void): Promise<Taking> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true },
  });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const recorder = new MediaRecorder(stream, { mimeType: recordingType(), audioBitsPerSecond: 32_000 });
  const parts: Blob[] = [];
  let wanted = true;
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close().catch(() => {});
  };
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    close();
    if (wanted) onTaken(new Blob(parts, { type: recorder.mimeType }));
  };
  return {
    recorder,
    stream,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return Math.min(1, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) * 4);
    },
    end: () => {
      wanted = false;
      if (recorder.state !== "inactive") recorder.stop();
      close();
    },
  };
}
