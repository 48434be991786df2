import { CircleAlert, Download, File as FileIcon, Image as ImageIcon, Mic, Music, Video } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../format/format-bytes";
import { Spinner } from "../state/spinner";
import { useDateReader } from "../time";
import type { AttachmentView } from "./message-view";

const icons = { image: ImageIcon, sticker: ImageIcon, video: Video, audio: Music, voice: Mic, file: FileIcon };

/** A file in a bubble: seen or heard where the browser can, else by name and size; one that did not arrive says why. */
export function Attachment({ attachment }: { attachment: AttachmentView }) {
  const { kind, url, state } = attachment;
  const name = useKindName(attachment);
  if (state !== "ready" || !url) return <AttachmentLine attachment={attachment} />;
  if (kind === "image" || kind === "sticker") {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer" className="block overflow-hidden rounded-sm">
        <img
          src={url}
          alt={name}
          loading="lazy"
          decoding="async"
          className="max-h-80 min-h-16 max-w-full object-contain"
        />
      </a>
    );
  }
  if (kind === "video") {
    // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions.
    return <video src={url} aria-label={name} controls preload="metadata" className="max-h-80 max-w-full rounded-sm" />;
  }
  if (kind === "audio" || kind === "voice") {
    // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions.
    return <audio src={url} aria-label={name} controls preload="metadata" className="w-64 max-w-full" />;
  }
  return <AttachmentLine attachment={attachment} />;
}

function useKindName({ kind, name }: AttachmentView): string {
  const { t } = useTranslation();
  const names = {
    image: t("conversation.attachment.image"),
    video: t("conversation.attachment.video"),
    audio: t("conversation.attachment.audio"),
    voice: t("conversation.attachment.voice"),
    sticker: t("conversation.attachment.sticker"),
    file: t("conversation.attachment.file"),
  };
  return name || names[kind];
}

function AttachmentLine({ attachment }: { attachment: AttachmentView }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const name = useKindName(attachment);
  const { kind, state, url, size, reason } = attachment;
  const Icon = icons[kind];
  const note =
    state === "failed"
      ? [t("conversation.attachment.failed"), reason].filter(Boolean).join(": ")
      : state === "ready"
        ? size !== null && formatBytes(size, locale)
        : t("conversation.attachment.pending");
  return (
    <div className="flex min-w-44 max-w-full items-center gap-2.5 py-1 [&_svg]:shrink-0">
      {state === "failed" ? (
        <CircleAlert aria-hidden className="size-5 text-danger-text" />
      ) : state === "ready" ? (
        <Icon aria-hidden className="size-5 text-ink-soft" />
      ) : (
        <Spinner />
      )}
      <div className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        {note && <p className="text-ink-soft text-xs">{note}</p>}
      </div>
      {state === "ready" && url && (
        <a
          href={url}
          download={attachment.name ?? true}
          aria-label={t("conversation.attachment.download", { name })}
          className="touch-target inline-flex size-9 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
        >
          <Download aria-hidden className="size-[1.125rem]" />
        </a>
      )}
    </div>
  );
}
