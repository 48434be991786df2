import { useTranslation } from "~/i18n/translation";
import type { Metric, Report } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { figureOf, sayFigure, weekdayName } from "./shown";

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** The hours of a week, the fuller the stronger; each cell says its figure. */
export function HeatMap({ report, metric, reader }: { report: Report; metric: Metric; reader: DateReader }) {
  const { t } = useTranslation();
  const values = new Map(report.rows.map((row) => [row.key, figureOf(metric, row.values[metric])]));
  const top = Math.max(1, ...values.values());
  return (
    <table className="w-full max-w-2xl table-fixed border-separate border-spacing-0.5 text-xs">
      <caption className="sr-only">{t("reports.pictureOf", { what: t(`reports.metrics.${metric}`) })}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-12 font-normal text-ink-soft">
            <span className="sr-only">{t("reports.groups.hour")}</span>
          </th>
          {DAYS.map((day) => (
            <th key={day} scope="col" className="font-normal text-ink-soft">
              {weekdayName(day, reader)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour}>
            <th scope="row" className="pr-1 text-right font-normal text-ink-soft tabular-nums">
              {hour}:00
            </th>
            {DAYS.map((day) => {
              const value = values.get(`${day}-${hour}`) ?? 0;
              return (
                <td
                  key={day}
                  className="h-5 rounded-sm text-center tabular-nums"
                  style={{
                    background: `color-mix(in oklch, var(--color-accent-soft) ${Math.round((value / top) * 100)}%, var(--color-sunken))`,
                  }}
                >
                  {value > 0 ? sayFigure(metric, value, reader) : <span className="sr-only">0</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
