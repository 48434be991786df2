import { useTranslation } from "~/i18n/translation";

/** In a line of a list: what the reader began to write. */
export function DraftWords({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="text-accent-text">{t("later.draft")}</span> {text}
    </>
  );
}
