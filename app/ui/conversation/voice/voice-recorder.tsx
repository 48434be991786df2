import { Circle, Pause, SendHorizontal, Square, Trash2 } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "../../button";
import { formatDuration } from "../../format/format-duration";
import { IconButton } from "../../icon-button";
import { Spinner } from "../../state/spinner";
import { AudioPlayer } from "../attachments/audio-player";
import type { Recording } from "./recording";
import { useRecorder } from "./use-recorder";

type VoiceRecorderProps = { onSend: (recording: Recording) => void; onClose: () => void };

/** Records in the place of the composer's field: level, pause, a preview, and then away with it or off. */
export default function VoiceRecorder({ onSend, onClose }: VoiceRecorderProps) {
  const { t } = useTranslation();
  const { state, ms, level, pause, resume, stop } = useRecorder();
  const [atOnce, setAtOnce] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (!atOnce || state.is !== "done") return;
    onSend(state.recording);
    onClose();
  }, [atOnce, state, onSend, onClose]);
  const send = () => {
    setAtOnce(true);
    stop();
  };
  const live = state.is === "recording" || state.is === "paused";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields.
    <div
      ref={box}
      role="group"
      tabIndex={-1}
      aria-label={t("media.record")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      className="flex min-h-11 flex-1 items-center gap-1.5 rounded-sm outline-none"
    >
      <IconButton label={t("media.recordDiscard")} icon={<Trash2 aria-hidden />} onClick={onClose} />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        {state.is === "failed" && (
          <p role="alert" className="text-danger-text text-sm">
            {t(`media.${state.why}`)}
          </p>
        )}
        {(state.is === "starting" || state.is === "preparing") && (
          <p role="status" className="flex items-center gap-2 text-ink-soft">
            <Spinner />
            {state.is === "preparing" && t("media.recordPreparing")}
          </p>
        )}
        {live && <Live ms={ms} level={state.is === "recording" ? level : 0} />}
        {state.is === "done" && !atOnce && <Preview recording={state.recording} />}
      </div>
      {state.is === "recording" && (
        <IconButton label={t("media.recordPause")} icon={<Pause aria-hidden />} onClick={pause} />
      )}
      {state.is === "paused" && (
        <IconButton
          label={t("media.recordResume")}
          icon={<Circle aria-hidden className="fill-current text-danger-text" />}
          onClick={resume}
        />
      )}
      {live && <IconButton label={t("media.recordStop")} icon={<Square aria-hidden />} onClick={() => stop()} />}
      {state.is !== "failed" && (
        <Button
          variant="primary"
          disabled={state.is === "starting"}
          busy={atOnce}
          onClick={send}
          icon={<SendHorizontal aria-hidden className="size-4" />}
          className="pointer-coarse:min-w-11"
        >
          <span className="sr-only">{t("media.recordSend")}</span>
        </Button>
      )}
    </div>
  );
}

const METER = 24;

function Live({ ms, level }: { ms: number; level: number }) {
  const { t } = useTranslation();
  return (
    <>
      <span role="timer" aria-label={t("media.recording")} className="flex items-center gap-1.5 tabular-nums">
        <span aria-hidden className="size-2.5 animate-pulse rounded-full bg-danger" />
        {formatDuration(ms)}
      </span>
      <span aria-hidden className="flex h-6 min-w-0 flex-1 items-center gap-0.5 overflow-clip">
        {Array.from({ length: METER }, (_, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars never move.
            key={place}
            className={`h-3 w-1 rounded-full transition-colors ${place < level * METER ? "bg-jungle" : "bg-line"}`}
          />
        ))}
      </span>
    </>
  );
}

function Preview({ recording }: { recording: Recording }) {
  const url = useMemo(() => URL.createObjectURL(recording.file), [recording]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const { duration_ms, waveform, file } = recording;
  const sound = { id: "preview", kind: "voice" as const, name: null, size: file.size, url, state: "ready" };
  return <AudioPlayer sound={{ ...sound, duration_ms, waveform }} />;
}
