import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";

type DropFilesProps = {
  /** Null where no files can be sent: then it is a plain box. */
  onFiles: ((files: readonly File[]) => void) | null;
  label?: string;
  className?: string;
  children: ReactNode;
};

const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");

/** A conversation onto which files can be dropped, and into which they can be pasted. */
export function DropFiles({ onFiles, label, className, children }: DropFilesProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent.
  const depth = useRef(0);
  const leave = (left: number) => {
    depth.current = left;
    setOver(left > 0);
  };
  const handlers = onFiles && {
    onDragEnter: (event: DragEvent) => carriesFiles(event) && leave(depth.current + 1),
    onDragLeave: (event: DragEvent) => carriesFiles(event) && leave(Math.max(0, depth.current - 1)),
    onDragOver: (event: DragEvent) => carriesFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      leave(0);
      onFiles([...event.dataTransfer.files]);
    },
    onPaste: (event: React.ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      // What comes from a text program carries its picture beside the words.
      if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      onFiles(files);
    },
  };
  const Box = label ? "section" : "div";
  return (
    <Box aria-label={label} {...handlers} className={`relative ${className ?? ""}`}>
      {children}
      {over && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-md border-2 border-accent border-dashed bg-accent-soft/90"
        >
          <p className="flex items-center gap-2 font-medium text-accent-text text-md">
            <Upload className="size-5" />
            {t("media.drop")}
          </p>
        </div>
      )}
    </Box>
  );
}
