import { useTranslation } from "react-i18next";
import type { MessageView } from "./message-view";

/** The emoji that a message got, each with how many gave it; who they are is read out, and shown on hovering. */
export function Reactions({ reactions }: { reactions: NonNullable<MessageView["reactions"]> }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t("conversation.reactions")} className="flex flex-wrap gap-1">
      {reactions.map(({ emoji, by }) => {
        const names = by.map(({ name }) => name).join(", ");
        return (
          <li
            key={emoji}
            title={names}
            className="inline-flex items-center gap-1 rounded-full border border-line bg-raised px-2 py-0.5 text-sm"
          >
            <span aria-hidden>{emoji}</span>
            {by.length > 1 && (
              <span aria-hidden className="text-ink-soft text-xs tabular-nums">
                {by.length}
              </span>
            )}
            <span className="sr-only">
              {emoji} {names}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
