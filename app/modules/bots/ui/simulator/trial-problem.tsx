import { TriangleAlert } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { codeOfRefusal, Refusal } from "~/platform/ask-server";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/state/empty-state";
import type { DraftProblem } from "../../editing/draft";

/** Why a flow cannot be tried now: the server was not there, or a flow that it calls. */
export function TrialProblem({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const code = codeOfRefusal(problem);
  const { incomplete = [] } =
    (problem instanceof Refusal && (problem.data as { incomplete?: DraftProblem[] } | undefined)) || {};
  const said = incomplete.map(({ message }) => t(message.key, message.params)).join(" ");
  return (
    <EmptyState
      icon={<TriangleAlert />}
      title={t("bots.simulator.notNow")}
      text={said || t([`errors.${code}`, "errors.unexpected"])}
      action={<Button onClick={onRetry}>{t("ui.retry")}</Button>}
    />
  );
}
