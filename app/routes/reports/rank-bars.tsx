import type { Metric, Report } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { figureOf, sayFigure } from "./shown";
import { useRowName } from "./use-row-name";

/** A bar for each area, agent, channel or tag, the longest first. */
export function RankBars({ report, metric, reader }: { report: Report; metric: Metric; reader: DateReader }) {
  const nameOf = useRowName(report, reader);
  const rows = report.rows
    .map((row) => ({ row, value: figureOf(metric, row.values[metric]) }))
    .sort((a, b) => b.value - a.value);
  const top = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <ul className="grid gap-2" aria-hidden>
      {rows.map(({ row, value }) => (
        <li key={row.key} className="grid grid-cols-[minmax(6rem,12rem)_1fr_auto] items-center gap-3">
          <span className="truncate">{nameOf(row)}</span>
          <span className="h-5 overflow-hidden rounded-sm bg-sunken">
            <span className="block h-full rounded-sm bg-accent" style={{ width: `${(value / top) * 100}%` }} />
          </span>
          <span className="tabular-nums">{sayFigure(metric, value, reader)}</span>
        </li>
      ))}
    </ul>
  );
}
