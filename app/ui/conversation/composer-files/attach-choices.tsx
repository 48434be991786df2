import { Camera, File as FileIcon, Image as ImageIcon } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "~/i18n/translation";

/** Where files can be taken from. */
export default function AttachChoices({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Choice icon={<ImageIcon aria-hidden />} accept="image/*,video/*" onFiles={onFiles}>
        {t("media.photo")}
      </Choice>
      <Choice icon={<Camera aria-hidden />} accept="image/*" camera onFiles={onFiles}>
        {t("media.camera")}
      </Choice>
      <Choice icon={<FileIcon aria-hidden />} onFiles={onFiles}>
        {t("media.anyFile")}
      </Choice>
    </>
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
