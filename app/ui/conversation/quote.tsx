import { useTranslation } from "~/i18n/translation";
import { wordsOf } from "./attachments/file-words";
import type { AttachmentView } from "./message-view";

export type QuotedMessage = {
  id: string;
  name: string;
  text: string | null;
  /** Its first file, which stands for words where it has none. */
  file?: Pick<AttachmentView, "kind" | "name"> | null;
};

/** The message that another one answers, in short; a press goes to it. */
export function Quote({ quote, onClick }: { quote: QuotedMessage; onClick?: () => void }) {
  const { t } = useTranslation();
  const inner = (
    <>
      <span className="sr-only">{t("conversation.replyTo", { name: quote.name })}</span>
      <bdi aria-hidden className="block truncate font-medium text-xs">
        {quote.name}
      </bdi>
      <span dir="auto" className="line-clamp-2 text-ink-soft text-sm [overflow-wrap:anywhere]">
        {wordsOf(t, quote.text, quote.file)}
      </span>
    </>
  );
  const look = "mb-1 block w-full rounded-sm border-line-strong border-s-2 ps-2 text-start";
  if (!onClick) return <div className={look}>{inner}</div>;
  return (
    <button
      type="button"
      title={t("conversation.goToQuoted")}
      onClick={onClick}
      className={`${look} hover:bg-hover/60`}
    >
      {inner}
    </button>
  );
}
