import { useTranslation } from "~/i18n/translation";

/** Where the reader stopped last time. */
export function UnreadLine() {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3 px-4 pt-3 pb-1 font-medium text-accent-text text-xs before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
      {t("conversation.unreadLine")}
    </div>
  );
}
