import { useTranslation } from "~/i18n/translation";
import type { ScenarioResult } from "../../scenarios/scenario";
import { DifferenceShown } from "./scenario-difference";

/** The scenarios that keep a flow from being published, with the steps at which the bot says something else. */
export function FailedScenarios({ results }: { results: readonly ScenarioResult[] }) {
  const { t } = useTranslation();
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length === 0) return null;
  return (
    <ul className="grid gap-3">
      {failed.map(({ id, name, differences }) => (
        <li key={id} className="grid gap-2">
          <p className="wrap-anywhere font-medium">{t("bots.publish.scenario", { name })}</p>
          {differences.length === 0 && <p className="text-danger-text text-sm">{t("bots.scenarios.unreadable")}</p>}
          {differences.map((difference) => (
            <DifferenceShown key={difference.step} difference={difference} />
          ))}
        </li>
      ))}
    </ul>
  );
}
