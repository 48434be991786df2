import { Film } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { formatBytes } from "../../format/format-bytes";
import { formatDuration } from "../../format/format-duration";
import { useDateReader } from "../../time";
import type { AttachmentView } from "../message-view";

/** What stands for a video of which nobody sent a picture: its name, and how long and how large it is. Fills its box. */
export function VideoFace({ video: { name, size, duration_ms } }: { video: AttachmentView }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const facts = [duration_ms && formatDuration(duration_ms), size !== null && formatBytes(size, locale)];
  return (
    <span className="absolute inset-0 bg-sunken text-ink-soft">
      <Film aria-hidden strokeWidth={1} className="absolute inset-0 m-auto size-1/2 max-h-24 max-w-24 opacity-25" />
      <span className="absolute inset-x-0 bottom-0 flex min-w-0 items-baseline gap-2 px-2.5 py-1.5 text-start text-xs">
        <bdi className="min-w-0 flex-1 truncate font-medium">{name || t("media.kind.video")}</bdi>
        <span className="shrink-0 tabular-nums">{facts.filter(Boolean).join(" · ")}</span>
      </span>
    </span>
  );
}
