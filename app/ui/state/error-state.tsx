import { RotateCcw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "../button";

type ErrorStateProps = {
  /** An AppError's code; its texts are `errors.title.<code>` and `errors.<code>`. */
  code?: string;
  requestId?: string;
  onRetry?: () => void;
  retrying?: boolean;
  /** Other ways on, such as a link home. */
  action?: ReactNode;
  /** It is all that the page has: its title is the page's. */
  page?: boolean;
};

/** What happened, in words, and what can be done about it. */
export function ErrorState({ code = "unexpected", requestId, onRetry, retrying, action, page }: ErrorStateProps) {
  const { t, i18n } = useTranslation();
  const known = i18n.exists(`errors.${code}`) ? code : "unexpected";
  const Title = page ? "h1" : "p";
  const titled = i18n.exists(`errors.title.${known}`) ? known : "unexpected";
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <TriangleAlert aria-hidden className="mb-1 size-7 stroke-[1.5] text-amber-text" />
      <Title className="font-semibold text-md">{t(`errors.title.${titled}`)}</Title>
      <p className="max-w-96 text-pretty text-ink-soft">{t(`errors.${known}`)}</p>
      {requestId && (
        <p className="text-ink-faint text-sm">
          {t("errors.requestId", { id: "" })}
          <code className="font-mono">{requestId}</code>
        </p>
      )}
      {(onRetry || action) && (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button icon={<RotateCcw aria-hidden className="size-4" />} busy={retrying} onClick={onRetry}>
              {t("ui.retry")}
            </Button>
          )}
          {action}
        </div>
      )}
    </div>
  );
}
