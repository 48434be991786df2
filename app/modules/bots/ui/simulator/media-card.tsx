import { File, Image, Music, Video } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { Line } from "../../simulator/simulation";

type Media = NonNullable<Extract<Line, { from: "bot" }>["media"]>;

const icons = { image: Image, video: Video, audio: Music, file: File };

/** Where a picture or a file would be: another server is not asked for it while one only tries. */
export function MediaCard({ media: { kind, source } }: { media: Media }) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  return (
    <p className="mb-1 flex items-center gap-2 rounded-sm bg-surface px-2 py-3 text-ink-soft text-sm">
      <Icon aria-hidden className="size-5 shrink-0" />
      <span className="wrap-anywhere min-w-0">
        {t(`bots.simulator.media.${kind}`)}
        {source.from === "url" && <bdi className="block">{source.url}</bdi>}
      </span>
    </p>
  );
}
