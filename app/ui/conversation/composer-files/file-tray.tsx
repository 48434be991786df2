import { File as FileIcon, Music, Pause, Play, RotateCcw, Video, X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { formatBytes } from "../../format/format-bytes";
import { IconButton } from "../../icon-button";
import { useDateReader } from "../../time";
import type { ComposerFile, ComposerFiles } from "./composer-files";

/** The files that go with the next message: how far each is, and what can be done with it. */
export default function FileTray({ files }: { files: ComposerFiles }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t("media.tray")} className="mb-2 flex max-h-[30dvh] flex-wrap gap-2 overflow-y-auto p-0.5">
      {files.list.map((file) => (
        <Tile key={file.key} file={file} files={files} />
      ))}
    </ul>
  );
}

function Tile({ file, files }: { file: ComposerFile; files: ComposerFiles }) {
  const { t } = useTranslation();
  const { key, name, state } = file;
  const troubled = state === "failed" || state === "lost";
  return (
    <li
      className={`relative flex w-full max-w-72 items-center gap-2 overflow-clip rounded-md border bg-raised p-1.5 pe-0.5 max-sm:max-w-full ${troubled ? "border-danger" : "border-line"}`}
    >
      <Preview file={file} />
      <div className="min-w-0 flex-1">
        <bdi className="block truncate font-medium text-sm">{name}</bdi>
        <Progress file={file} />
      </div>
      <span className="flex">
        {(state === "uploading" || state === "waiting") && (
          <IconButton
            label={t("media.pause", { name })}
            icon={<Pause aria-hidden />}
            onClick={() => files.pause(key)}
          />
        )}
        {state === "paused" && (
          <IconButton
            label={t("media.resume", { name })}
            icon={<Play aria-hidden />}
            onClick={() => files.resume(key)}
          />
        )}
        {state === "failed" && (
          <IconButton
            label={t("media.retry", { name })}
            icon={<RotateCcw aria-hidden />}
            onClick={() => files.resume(key)}
          />
        )}
        <IconButton label={t("media.cancel", { name })} icon={<X aria-hidden />} onClick={() => files.cancel(key)} />
      </span>
    </li>
  );
}

function Preview({ file: { kind, preview, placeholder } }: { file: ComposerFile }) {
  const Icon = kind === "video" ? Video : kind === "audio" || kind === "voice" ? Music : FileIcon;
  const source = (kind === "image" && preview) || placeholder;
  return (
    <span className="grid size-11 shrink-0 place-items-center overflow-clip rounded-sm bg-sunken text-ink-soft">
      {source ? (
        <img src={source} alt="" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className="size-5" />
      )}
    </span>
  );
}

function Progress({ file: { state, code, sent, size } }: { file: ComposerFile }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const done = state === "ready";
  const share = size > 0 ? sent / size : Number(done);
  const word = state === "waiting" && code ? "offline" : state;
  const sizes =
    done || sent === 0
      ? formatBytes(size, locale)
      : t("media.of", { sent: formatBytes(sent, locale), size: formatBytes(size, locale) });
  const said = state === "failed" && code ? t([`errors.${code}`, "media.state.failed"]) : t(`media.state.${word}`, "");
  const trouble = state === "failed" || state === "lost";
  return (
    <>
      <p className={`truncate text-xs ${trouble ? "text-danger-text" : "text-ink-soft"}`} title={said}>
        {word === "uploading" || done ? sizes : said}
      </p>
      {!done && (
        <span
          role="progressbar"
          aria-label={word === "uploading" ? t("media.state.uploading", { percent: percentOf(share, locale) }) : said}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
          className="mt-1 block h-1 overflow-clip rounded-full bg-line"
        >
          <span
            style={{ width: `${share * 100}%` }}
            className={`block h-full transition-[width] ${state === "uploading" ? "bg-accent" : "bg-line-strong"}`}
          />
        </span>
      )}
    </>
  );
}

const percentOf = (share: number, locale: string) => new Intl.NumberFormat(locale, { style: "percent" }).format(share);
