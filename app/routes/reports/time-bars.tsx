import { useTranslation } from "~/i18n/translation";
import type { Metric, Report } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { figureOf, sayFigure, sayKey } from "./shown";
import { timesOf } from "./times-of";

const GAP = 0.25;

type Picture = { report: Report; metric: Metric; reader: DateReader };

/** A bar for each day or hour, those without anything too; the table below says the same in figures. */
export function TimeBars({ report, metric, reader }: Picture) {
  const { t } = useTranslation();
  const values = new Map(report.rows.map((row) => [row.key, figureOf(metric, row.values[metric])]));
  const keys = timesOf(report);
  const top = Math.max(1, ...values.values());
  const say = (key: string) => sayKey(report.group, { key, name: key }, reader);
  const ends = keys.length > 1 ? [keys[0], keys.at(-1)] : keys;
  return (
    <figure className="grid gap-1" aria-label={t("reports.pictureOf", { what: t(`reports.metrics.${metric}`) })}>
      <figcaption className="text-ink-soft text-xs tabular-nums">{sayFigure(metric, top, reader)}</figcaption>
      <svg
        aria-hidden
        viewBox={`0 0 ${keys.length} 1`}
        preserveAspectRatio="none"
        className="h-48 w-full border-line-strong border-b bg-linear-to-b from-line to-[1px] to-transparent"
      >
        {keys.map((key, place) => {
          const value = values.get(key) ?? 0;
          return (
            <rect
              key={key}
              x={place + GAP / 2}
              y={1 - value / top}
              width={1 - GAP}
              height={value / top}
              className="fill-accent hover:fill-accent-strong"
            >
              <title>{`${say(key)}: ${sayFigure(metric, value, reader)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="flex justify-between gap-2 text-ink-soft text-xs">
        {ends.map((key) => (
          <span key={key}>{say(key ?? "")}</span>
        ))}
      </div>
    </figure>
  );
}
