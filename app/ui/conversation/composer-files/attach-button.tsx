import { Camera, File as FileIcon, Image as ImageIcon, Paperclip } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../icon-button";

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
          <Choice icon={<ImageIcon aria-hidden />} accept="image/*,video/*" onFiles={take}>
            {t("media.photo")}
          </Choice>
          <Choice icon={<Camera aria-hidden />} accept="image/*" camera onFiles={take}>
            {t("media.camera")}
          </Choice>
          <Choice icon={<FileIcon aria-hidden />} onFiles={take}>
            {t("media.anyFile")}
          </Choice>
        </div>
      )}
    </div>
  );
}

type ChoiceProps = {
  icon: ReactNode;
  accept?: string;
  camera?: boolean;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
};

function Choice({ icon, accept, camera = false, onFiles, children }: ChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        onClick={() => input.current?.click()}
        className={`flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2.5 text-start hover:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 ${camera ? "pointer-fine:hidden" : ""}`}
      >
        {icon}
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={!camera}
        {...(camera && { capture: "environment" })}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be picked again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
