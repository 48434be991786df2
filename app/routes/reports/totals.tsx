import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { Report } from "~/modules/reports";
import { useDateReader } from "~/ui/time";
import { type Asked, searchOf } from "./asked";
import { figureOf, sayFigure } from "./shown";

/** Each metric's figure over all days; a press draws the picture of it. */
export function Totals({ report, asked }: { report: Report; asked: Asked }) {
  const { t } = useTranslation();
  const reader = useDateReader();
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-2">
      {report.metrics.map((metric) => {
        const measure = report.total[metric];
        return (
          <li key={metric}>
            <Link
              to={searchOf(asked, { metric })}
              preventScrollReset
              aria-current={metric === asked.metric ? "true" : undefined}
              className="grid h-full gap-0.5 rounded-md border border-line bg-surface px-3 py-2 hover:bg-hover aria-[current]:border-accent aria-[current]:bg-accent-soft"
            >
              <span className="text-ink-soft text-sm">{t(`reports.metrics.${metric}`)}</span>
              <span className="font-semibold text-lg tabular-nums">
                {measure ? sayFigure(metric, figureOf(metric, measure), reader) : "–"}
              </span>
              {measure?.average != null && (
                <span className="text-ink-soft text-xs">{t("reports.ofSoMany", { count: measure.count })}</span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
