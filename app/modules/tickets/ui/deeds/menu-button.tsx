import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";

type MenuButtonProps = { message: Message; onMenu: (anchor: Element, message: Message) => void };

/**
 * Opens what can be done with a message; seen where the pointer or the focus is, and on a phone faintly. Every line of a
 * thread has one: what is not seen has the colour of nothing, for what is only not opaque browsers draw as a picture apart.
 */
export function MenuButton({ message, onMenu }: MenuButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      aria-label={t("thread.actions")}
      title={t("thread.actions")}
      onClick={(event) => onMenu(event.currentTarget, message)}
      className="touch-target inline-flex size-9 shrink-0 items-center justify-center self-center rounded-sm text-transparent hover:bg-hover focus-visible:text-ink-soft group-focus-within/message:text-ink-soft group-hover/message:text-ink-soft hover:text-ink! pointer-coarse:text-ink-soft/45"
    >
      <svg aria-hidden viewBox="0 0 24 24" className="size-[1.125rem]">
        <path
          fill="none"
          stroke="currentColor"
          strokeWidth="4"
          strokeLinecap="round"
          d="M12 5h.01M12 12h.01M12 19h.01"
        />
      </svg>
    </button>
  );
}
