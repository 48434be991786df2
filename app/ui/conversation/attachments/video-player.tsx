import { useTranslation } from "~/i18n/translation";
import type { AttachmentView } from "../message-view";
import { playOne } from "./play-one";

/** A video with the browser's own controls; before it plays, its poster, else its first frame. */
export function VideoPlayer({ video, auto = false }: { video: AttachmentView; auto?: boolean }) {
  const { t } = useTranslation();
  const { url, name, placeholder } = video;
  return (
    // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions.
    <video
      src={placeholder ? (url ?? "") : `${url}#t=0.1`}
      poster={placeholder ?? undefined}
      aria-label={name || t("media.kind.video")}
      controls
      autoPlay={auto}
      playsInline
      preload={placeholder ? "none" : "metadata"}
      onPlay={playOne}
      className="size-full bg-[oklch(0_0_0)] object-contain"
    />
  );
}
