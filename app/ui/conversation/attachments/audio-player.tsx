import { CirclePause, CirclePlay, Download, Mic, Music } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type SyntheticEvent, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { formatDuration } from "../../format/format-duration";
import type { AttachmentView } from "../message-view";
import { resample } from "../voice/bars-of";
import { fileWords } from "./file-words";
import { playOne } from "./play-one";

const RATES = [1, 1.5, 2];
const BARS = 40;
/** Seconds that an arrow key goes. */
const STEP = 5;

/** Sound with its waveform: a press or the keys go to a place, and it plays faster at will. Only one plays at a time. */
export function AudioPlayer({ sound }: { sound: AttachmentView }) {
  const { t } = useTranslation();
  const player = usePlayer(sound);
  const { playing, at, length, rate } = player;
  const name = fileWords(t, sound);
  const Icon = sound.kind === "voice" ? Mic : Music;
  return (
    <div className="flex w-72 max-w-full items-center gap-2 py-1">
      <audio {...player.element} src={sound.url ?? undefined} preload={sound.duration_ms ? "none" : "metadata"} />
      <button
        type="button"
        onClick={player.toggle}
        aria-label={playing ? t("media.pauseSound") : t("media.play", { name })}
        className="touch-target grid size-10 shrink-0 place-items-center rounded-full text-accent-text hover:bg-hover [&_svg]:size-8"
      >
        {playing ? <CirclePause aria-hidden /> : <CirclePlay aria-hidden />}
      </button>
      <div className="min-w-0 flex-1">
        {sound.kind === "audio" && sound.name && <bdi className="block truncate text-sm">{sound.name}</bdi>}
        <Waveform bars={sound.waveform} at={at} length={length} onSeek={player.seek} onToggle={player.toggle} />
        <p className="flex items-center gap-1 text-ink-soft text-xs tabular-nums">
          <Icon aria-hidden className="size-3" />
          {formatDuration((playing || at > 0 ? at : (length ?? 0)) * 1000)}
        </p>
      </div>
      <button
        type="button"
        onClick={player.faster}
        aria-label={t("media.speed", { rate: `${rate}x` })}
        className="touch-target min-w-9 shrink-0 rounded-sm px-1 py-1 text-center font-medium text-ink-soft text-sm tabular-nums hover:bg-hover hover:text-ink"
      >
        {rate}x
      </button>
      {sound.kind === "audio" && sound.url && (
        <a
          href={sound.url}
          download={sound.name ?? true}
          aria-label={t("conversation.attachment.download", { name: sound.name || name })}
          className="touch-target inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
        >
          <Download aria-hidden className="size-[1.125rem]" />
        </a>
      )}
    </div>
  );
}

/** The state of one sound; times in seconds. */
function usePlayer(sound: AttachmentView) {
  const ref = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [rate, setRate] = useState(1);
  const [found, setFound] = useState<number | null>(null);
  const length = sound.duration_ms ? sound.duration_ms / 1000 : found;
  const element = {
    ref,
    onPlay: (event: SyntheticEvent<HTMLAudioElement>) => {
      event.currentTarget.playbackRate = rate;
      playOne(event);
      setPlaying(true);
    },
    onPause: () => setPlaying(false),
    onEnded: () => setAt(0),
    onTimeUpdate: (event: SyntheticEvent<HTMLAudioElement>) => setAt(event.currentTarget.currentTime),
    onLoadedMetadata: ({ currentTarget: { duration } }: SyntheticEvent<HTMLAudioElement>) =>
      setFound(Number.isFinite(duration) ? duration : null),
  };
  const toggle = () => {
    if (playing) ref.current?.pause();
    else ref.current?.play().catch(() => setPlaying(false));
  };
  const seek = (seconds: number) => {
    if (!ref.current || length === null) return;
    ref.current.currentTime = Math.min(length, Math.max(0, seconds));
    setAt(ref.current.currentTime);
  };
  const faster = () => {
    const next = RATES[(RATES.indexOf(rate) + 1) % RATES.length] ?? 1;
    setRate(next);
    if (ref.current) ref.current.playbackRate = next;
  };
  return { element, playing, at, rate, length, toggle, seek, faster };
}

type WaveformProps = {
  bars: readonly number[] | null | undefined;
  /** Seconds, like its length. */
  at: number;
  length: number | null;
  onSeek: (seconds: number) => void;
  onToggle: () => void;
};

function Waveform({ bars, at, length, onSeek, onToggle }: WaveformProps) {
  const { t } = useTranslation();
  const share = length ? Math.min(1, at / length) : 0;
  const shown = bars?.length ? resample(bars, BARS) : null;
  const press = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (length) onSeek(((event.clientX - box.left) / box.width) * length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.key, at, length ?? 0);
    if (place === undefined) return;
    event.preventDefault();
    if (place === null) onToggle();
    else onSeek(place);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("media.seek")}
      aria-valuemin={0}
      aria-valuemax={Math.round(length ?? 0)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={formatDuration(at * 1000)}
      onPointerDown={press}
      onKeyDown={onKeyDown}
      className="relative flex h-8 cursor-pointer touch-none items-center gap-px rounded-sm"
    >
      {shown ? (
        shown.map((bar, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bars never move.
            key={place}
            style={{ height: `${Math.max(12, bar)}%` }}
            className={`min-w-px flex-1 rounded-full ${place / BARS < share ? "bg-accent" : "bg-line-strong"}`}
          />
        ))
      ) : (
        <span className="h-1 flex-1 overflow-clip rounded-full bg-line-strong">
          <span style={{ width: `${share * 100}%` }} className="block h-full bg-accent" />
        </span>
      )}
    </div>
  );
}

/** Where a key goes, in seconds; null for playing and stopping, undefined for no key of a player's. */
function placeOf(key: string, at: number, length: number): number | null | undefined {
  if (key === "ArrowLeft" || key === "ArrowDown") return at - STEP;
  if (key === "ArrowRight" || key === "ArrowUp") return at + STEP;
  if (key === "Home") return 0;
  if (key === "End") return length;
  return key === " " || key === "Enter" ? null : undefined;
}
