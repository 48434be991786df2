import { useTranslation } from "~/i18n/translation";
import type { MessageView } from "./message-view";

type ReactionsProps = {
  reactions: NonNullable<MessageView["reactions"]>;
  /** As whom the reader reacts; theirs are marked. */
  readerId?: string;
  onToggle?: (emoji: string, on: boolean) => void;
};

/** The emoji that a message got, each with how many gave it; who they are is read out, and shown on hovering. */
export function Reactions({ reactions, readerId, onToggle }: ReactionsProps) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t("conversation.reactions")} className="flex flex-wrap gap-1">
      {reactions.map(({ emoji, by }) => {
        const names = by.map(({ name }) => name).join(", ");
        const own = readerId !== undefined && by.some(({ id }) => id === readerId);
        const look = `inline-flex items-center gap-1 rounded-full border px-2 py-0.5 text-sm ${own ? "border-accent bg-accent-soft" : "border-line bg-raised"}`;
        const inner = (
          <>
            <span aria-hidden>{emoji}</span>
            {by.length > 1 && (
              <span aria-hidden className="text-ink-soft text-xs tabular-nums">
                {by.length}
              </span>
            )}
            <span className="sr-only">
              {emoji} {names}
            </span>
          </>
        );
        return (
          <li key={emoji} title={names}>
            {onToggle ? (
              <button
                type="button"
                aria-pressed={own}
                onClick={() => onToggle(emoji, !own)}
                className={`touch-target hover:bg-hover ${look}`}
              >
                {inner}
              </button>
            ) : (
              <span className={look}>{inner}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
