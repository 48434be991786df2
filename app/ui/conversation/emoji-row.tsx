import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";

const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const MORE = [..."😀😅😊😍🤔😎😴😡👏🙌💪👀🔥🎉✅❌⭐💯🧉☕🍕🚀🐛💡📌⏰"];

type EmojiRowProps = {
  /** Those that the reader has given already. */
  given: readonly string[];
  onPick: (emoji: string) => void;
};

/** The emoji that one gives most, and the rest behind a button. */
export function EmojiRow({ given, onPick }: EmojiRowProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = [...new Set([...QUICK, ...given, ...(all ? MORE : [])])];
  return (
    <fieldset aria-label={t("conversation.reactions")} className="mb-1 flex flex-wrap border-line border-b pb-1">
      {shown.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={emoji}
          aria-pressed={given.includes(emoji)}
          onClick={() => onPick(emoji)}
          className="grid size-9 place-items-center rounded-sm text-lg hover:bg-hover aria-pressed:bg-accent-soft pointer-coarse:size-11"
        >
          {emoji}
        </button>
      ))}
      {!all && (
        <button
          type="button"
          aria-label={t("thread.moreEmoji")}
          onClick={() => setAll(true)}
          className="grid size-9 place-items-center rounded-sm text-ink-soft hover:bg-hover pointer-coarse:size-11"
        >
          <Plus aria-hidden className="size-4" />
        </button>
      )}
    </fieldset>
  );
}
