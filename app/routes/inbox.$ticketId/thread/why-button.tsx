import { CircleQuestionMark } from "lucide-react";
import { useTranslation } from "~/i18n/translation";

/** Asks why a bot said something; seen where the pointer or the focus is, like the message's menu. */
export function WhyButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      aria-label={t("bots.trace.title")}
      title={t("bots.trace.title")}
      onClick={onPress}
      className="touch-target inline-flex size-9 shrink-0 items-center justify-center self-center rounded-sm text-transparent hover:bg-hover focus-visible:text-ink-soft group-focus-within/message:text-ink-soft group-hover/message:text-ink-soft hover:text-ink! pointer-coarse:text-ink-soft/45"
    >
      <CircleQuestionMark aria-hidden className="size-[1.125rem]" />
    </button>
  );
}
