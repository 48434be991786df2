import { Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "../../icon-button";

/** `text` is what it says in few words. */
export type PinnedLine = { id: string; name: string; text: string };

type PinnedBarProps = {
  /** The first kept first. */
  pinned: readonly PinnedLine[];
  onJump: (id: string) => void;
  /** Where the reader may take them off. */
  onUnpin?: (id: string) => void;
};

/** What a conversation keeps at its head: the newest, and at each press the one before it. */
export function PinnedBar({ pinned, onJump, onUnpin }: PinnedBarProps) {
  const { t } = useTranslation();
  const [back, setBack] = useState(0);
  if (pinned.length === 0) return null;
  // What was taken off meanwhile leaves no hole.
  const at = pinned.length - 1 - (back % pinned.length);
  const line = pinned[at];
  if (!line) return null;
  const place = { at: at + 1, count: pinned.length };
  return (
    <div className="flex items-center gap-1 border-line border-b bg-surface pe-2">
      <button
        type="button"
        onClick={() => {
          onJump(line.id);
          setBack((back + 1) % pinned.length);
        }}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 px-4 py-1.5 text-start hover:bg-hover"
      >
        <Pin aria-hidden className="size-4 shrink-0 text-accent-text" />
        <span className="min-w-0">
          <span className="block truncate font-medium text-accent-text text-xs">
            {pinned.length > 1 ? t("marks.pinned.one", place) : t("marks.pinned.title")}
          </span>
          <span dir="auto" className="block truncate text-sm">
            <bdi className="text-ink-soft">{line.name}</bdi> {line.text}
          </span>
        </span>
      </button>
      {onUnpin && (
        <IconButton label={t("marks.pinned.off")} icon={<PinOff aria-hidden />} onClick={() => onUnpin(line.id)} />
      )}
    </div>
  );
}
