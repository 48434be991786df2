import { Paperclip } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "../../icon-button";

const AttachChoices = lazy(() => import("./attach-choices"));

/** Opens the choice of what to attach: a photo or video, the camera where a finger holds one, or any file. */
export function AttachButton({ onFiles, disabled }: { onFiles: (files: readonly File[]) => void; disabled?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  const take = (files: readonly File[]) => {
    setOpen(false);
    if (files.length > 0) onFiles(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is inside, wherever the focus is in it.
    <div
      ref={box}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        setOpen(false);
        box.current?.querySelector("button")?.focus();
      }}
    >
      <IconButton
        label={t("media.attach")}
        icon={<Paperclip aria-hidden />}
        aria-expanded={open}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div className="enter-float absolute start-0 bottom-full z-20 mb-2 min-w-48 rounded-md border border-line bg-raised p-1 shadow-float">
          <Suspense>
            <AttachChoices onFiles={take} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
