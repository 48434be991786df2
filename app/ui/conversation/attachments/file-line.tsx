import { CircleAlert, Download, File as FileIcon, Image as ImageIcon, Mic, Music, Video } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { formatBytes } from "../../format/format-bytes";
import { useDateReader } from "../../time";
import type { AttachmentView } from "../message-view";
import { fileWords } from "./file-words";
import { ProgressRing } from "./progress-ring";

const icons = { image: ImageIcon, sticker: ImageIcon, video: Video, audio: Music, voice: Mic, file: FileIcon };

/** A file by name and size, to be downloaded; one that is on its way says how far, one that did not arrive why. */
export function FileLine({ file }: { file: AttachmentView }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const { kind, state, url, size, reason } = file;
  const name = file.name || fileWords(t, file);
  const Icon = icons[kind];
  const note =
    state === "failed"
      ? [t("conversation.attachment.failed"), reason].filter(Boolean).join(": ")
      : state === "ready" || size !== null
        ? size !== null && formatBytes(size, locale)
        : t("conversation.attachment.pending");
  return (
    <div className="flex min-w-52 max-w-full items-center gap-2.5 py-1 [&_svg]:shrink-0">
      <span className="grid size-10 shrink-0 place-items-center rounded-sm bg-surface/70">
        {state === "failed" ? (
          <CircleAlert aria-hidden className="size-5 text-danger-text" />
        ) : state === "ready" ? (
          <Icon aria-hidden className="size-5 text-ink-soft" />
        ) : (
          <ProgressRing share={file.progress} />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        {note && <p className="text-ink-soft text-xs">{note}</p>}
      </div>
      {state === "ready" && url && (
        <a
          href={url}
          download={file.name ?? true}
          aria-label={t("conversation.attachment.download", { name })}
          className="touch-target inline-flex size-9 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
        >
          <Download aria-hidden className="size-[1.125rem]" />
        </a>
      )}
    </div>
  );
}
