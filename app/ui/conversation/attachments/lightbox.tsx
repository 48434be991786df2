import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "~/i18n/translation";
import type { AttachmentView } from "../message-view";
import { useZoom } from "./use-zoom";
import { VideoPlayer } from "./video-player";

/** How much a press on + enlarges. */
const STEP = 1.5;

type LightboxProps = { pictures: readonly AttachmentView[]; start: number; onClose: () => void };

const round =
  "touch-target grid size-11 shrink-0 place-items-center rounded-full bg-[oklch(0_0_0/0.5)] text-[oklch(1_0_0)] hover:bg-[oklch(0.35_0_0/0.8)] disabled:opacity-40 [&_svg]:size-5";

/**
 * Pictures and videos over the whole page: arrows and swipes go on, wheel, fingers, + and - enlarge, Escape closes. The
 * browser's own dialog keeps the focus inside, and gives it back.
 */
export default function Lightbox({ pictures, start, onClose }: LightboxProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [place, setPlace] = useState(start);
  useEffect(() => dialog.current?.showModal(), []);
  const go = (step: number) => setPlace((old) => Math.min(pictures.length - 1, Math.max(0, old + step)));
  const { zoom, surface, by } = useZoom(place, go);
  const picture = pictures[place];
  if (!picture) return null;
  const name = picture.name || t(`media.kind.${picture.kind}`);
  const onKeyDown = ({ key, target }: KeyboardEvent) => {
    // A video's own controls have their arrows.
    if (target instanceof HTMLVideoElement) return;
    if (key === "ArrowLeft") go(-1);
    else if (key === "ArrowRight") go(1);
    else if (key === "+") by(STEP);
    else if (key === "-") by(1 / STEP);
  };
  return createPortal(
    <dialog
      ref={dialog}
      aria-label={t("media.viewer")}
      onClose={onClose}
      onKeyDown={onKeyDown}
      className="m-0 h-dvh max-h-none w-screen max-w-none select-none overflow-hidden bg-[oklch(0.12_0_0/0.96)] text-[oklch(1_0_0)] backdrop:bg-transparent"
    >
      {picture.kind === "video" ? (
        <div className="grid size-full place-items-center px-2 py-16">
          <VideoPlayer key={picture.id} video={picture} auto />
        </div>
      ) : (
        <div {...surface} className={`size-full touch-none ${zoom.scale > 1 ? "cursor-grab" : "cursor-zoom-in"}`}>
          <img
            key={picture.id}
            src={picture.url ?? undefined}
            alt={name}
            draggable={false}
            style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
            className="size-full object-contain"
          />
        </div>
      )}
      <Bar name={name} picture={picture} count={pictures.length} place={place} onClose={() => dialog.current?.close()}>
        {picture.kind !== "video" && (
          <>
            <Press label={t("media.zoomOut")} icon={<ZoomOut aria-hidden />} onPress={() => by(1 / STEP)} />
            <Press label={t("media.zoomIn")} icon={<ZoomIn aria-hidden />} onPress={() => by(STEP)} />
          </>
        )}
      </Bar>
      {pictures.length > 1 && (
        <>
          <span className="absolute start-2 top-1/2 -translate-y-1/2">
            <Press
              label={t("media.previous")}
              icon={<ChevronLeft aria-hidden />}
              onPress={() => go(-1)}
              off={place === 0}
            />
          </span>
          <span className="absolute end-2 top-1/2 -translate-y-1/2">
            <Press
              label={t("media.next")}
              icon={<ChevronRight aria-hidden />}
              onPress={() => go(1)}
              off={place === pictures.length - 1}
            />
          </span>
        </>
      )}
    </dialog>,
    document.body,
  );
}

type PressProps = { label: string; icon: ReactNode; onPress: () => void; off?: boolean };

const Press = ({ label, icon, onPress, off }: PressProps) => (
  // Not disabled: the focus would be lost with it.
  <button
    type="button"
    aria-label={label}
    title={label}
    aria-disabled={off}
    onClick={onPress}
    className={`${round} ${off ? "opacity-40" : ""}`}
  >
    {icon}
  </button>
);

type BarProps = {
  name: string;
  picture: AttachmentView;
  count: number;
  place: number;
  onClose: () => void;
  children: ReactNode;
};

function Bar({ name, picture, count, place, onClose, children }: BarProps) {
  const { t } = useTranslation();
  return (
    <div className="absolute inset-x-0 top-0 flex items-center gap-2 bg-linear-to-b from-[oklch(0_0_0/0.6)] to-transparent p-2 ps-4 pt-[max(0.5rem,env(safe-area-inset-top))]">
      <p className="min-w-0 flex-1" aria-live="polite">
        <bdi className="block truncate font-medium">{name}</bdi>
        {count > 1 && <span className="text-sm opacity-80">{t("media.place", { place: place + 1, count })}</span>}
      </p>
      {children}
      <a
        href={picture.url ?? undefined}
        download={picture.name ?? true}
        aria-label={t("conversation.attachment.download", { name })}
        className={round}
      >
        <Download aria-hidden />
      </a>
      <Press label={t("media.dismiss")} icon={<X aria-hidden />} onPress={onClose} />
    </div>
  );
}
