import { useTranslation } from "~/i18n/translation";
import { isDuration, type Measure, type Metric, type Report } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { sayFigure } from "./shown";
import { useRowName } from "./use-row-name";

type Column = { id: string; head: string; of: (measure: Measure) => string };

/** How many there were, and of what has a size its average and its median. */
function columnsOf(metric: Metric, words: (key: string) => string, reader: DateReader): Column[] {
  const count = {
    id: "count",
    head: words(`reports.metrics.${metric}`),
    of: (m: Measure) => m.count.toLocaleString(reader.locale),
  };
  const average = {
    id: "average",
    head: words("reports.average"),
    of: (m: Measure) => sayFigure(metric, m.average ?? 0, reader),
  };
  const median = {
    id: "median",
    head: words("reports.median"),
    of: (m: Measure) => sayFigure(metric, m.median ?? 0, reader),
  };
  if (isDuration(metric)) return [{ ...count, head: words("reports.count") }, average, median];
  return metric === "rated" ? [count, average] : [count];
}

/** The report in figures, behind the picture. */
export function ReportTable({ report, reader }: { report: Report; reader: DateReader }) {
  const { t } = useTranslation();
  const nameOf = useRowName(report, reader);
  const columns = report.metrics.flatMap((metric) =>
    columnsOf(metric, t, reader).map((column) => ({ ...column, metric })),
  );
  const rows = [...report.rows, { key: "total", name: t("reports.total"), values: report.total }];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={t("reports.table")}>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-line-strong border-b text-left text-ink-soft">
            <th scope="col" className="py-2 pr-4 font-medium">
              {t(`reports.groups.${report.group}`)}
            </th>
            {columns.map(({ metric, id, head }) => (
              <th key={`${metric} ${id}`} scope="col" className="py-2 pl-4 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={row.key} className={`border-line border-b ${place === report.rows.length ? "font-semibold" : ""}`}>
              <th scope="row" className="whitespace-nowrap py-1.5 pr-4 text-left font-normal">
                {place === report.rows.length ? row.name : nameOf(row)}
              </th>
              {columns.map(({ metric, id, of }) => {
                const measure = row.values[metric];
                return (
                  <td key={`${metric} ${id}`} className="py-1.5 pl-4 text-right tabular-nums">
                    {measure ? of(measure) : "–"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
