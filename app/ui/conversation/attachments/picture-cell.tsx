import { Play } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import type { AttachmentView } from "../message-view";
import { Picture } from "./picture";
import { ProgressRing } from "./progress-ring";

type PictureCellProps = {
  picture: AttachmentView;
  /** So many that are not shown. */
  more?: number;
  onOpen: () => void;
};

/** A picture that opens large, or one that is on its way with how far it is. */
export function PictureCell({ picture, more = 0, onOpen }: PictureCellProps) {
  const { t } = useTranslation();
  const name = picture.name || t(`media.kind.${picture.kind}`);
  const over = "absolute inset-0 grid place-items-center";
  const inner = (
    <>
      <Picture picture={picture} alt={picture.url ? "" : name} />
      {picture.state !== "ready" && (
        <span className={over}>
          <Badge>
            <ProgressRing share={picture.progress} />
          </Badge>
        </span>
      )}
      {picture.kind === "video" && picture.url && more === 0 && (
        <span aria-hidden className={over}>
          <Badge>
            <Play className="size-5 fill-current" />
          </Badge>
        </span>
      )}
      {more > 0 && (
        <span aria-hidden className={`${over} bg-[oklch(0_0_0/0.55)] font-semibold text-lg text-on-fill`}>
          +{more}
        </span>
      )}
    </>
  );
  const look = "relative min-h-0 min-w-0 overflow-clip bg-sunken";
  if (!picture.url) return <div className={look}>{inner}</div>;
  const label = t("media.open", { name });
  return (
    <button
      type="button"
      aria-label={more > 0 ? `${label}, ${t("media.more", { count: more })}` : label}
      onClick={onOpen}
      className={`${look} focus-visible:-outline-offset-4`}
    >
      {inner}
    </button>
  );
}

const Badge = ({ children }: { children: ReactNode }) => (
  <span className="grid size-11 place-items-center rounded-full bg-[oklch(0_0_0/0.6)] text-on-fill">{children}</span>
);
