import { useTranslation } from "~/i18n/translation";
import type { Metric, Report } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { figureOf, sayFigure, sayKey } from "./shown";
import { timesOf } from "./times-of";

const [WIDTH, HEIGHT] = [720, 200];
const FOOT = 20;
const SIDE = 56;
const GAP = 0.25;

type Picture = { report: Report; metric: Metric; reader: DateReader };

/** A bar for each day or hour, those without anything too; the table below says the same in figures. */
export function TimeBars({ report, metric, reader }: Picture) {
  const { t } = useTranslation();
  const values = new Map(report.rows.map((row) => [row.key, figureOf(metric, row.values[metric])]));
  const keys = timesOf(report);
  const top = Math.max(1, ...values.values());
  const step = (WIDTH - SIDE) / keys.length;
  const heightOf = (value: number) => (value / top) * (HEIGHT - FOOT - 12);
  const say = (key: string) => sayKey(report.group, { key, name: key }, reader);
  const labels = [0, Math.floor((keys.length - 1) / 2), keys.length - 1];
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t("reports.pictureOf", { what: t(`reports.metrics.${metric}`) })}
        className="w-full overflow-visible"
      >
        {[top, top / 2].map((value) => (
          <g key={value}>
            <line
              x1={SIDE}
              x2={WIDTH}
              y1={HEIGHT - FOOT - heightOf(value)}
              y2={HEIGHT - FOOT - heightOf(value)}
              className="stroke-line"
            />
            <text
              x={SIDE - 6}
              y={HEIGHT - FOOT - heightOf(value) + 4}
              textAnchor="end"
              className="fill-ink-soft text-xs tabular-nums"
            >
              {sayFigure(metric, value, reader)}
            </text>
          </g>
        ))}
        <line x1={SIDE} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line-strong" />
        {keys.map((key, place) => {
          const value = values.get(key) ?? 0;
          return (
            <rect
              key={key}
              x={SIDE + (place + GAP / 2) * step}
              y={HEIGHT - FOOT - heightOf(value)}
              width={Math.max(1, step * (1 - GAP))}
              height={heightOf(value)}
              rx={Math.min(2, step / 4)}
              className="fill-accent hover:fill-accent-strong"
            >
              <title>{`${say(key)}: ${sayFigure(metric, value, reader)}`}</title>
            </rect>
          );
        })}
        {[...new Set(labels)].map((place, nth, all) => (
          <text
            key={place}
            x={SIDE + (place + 0.5) * step}
            y={HEIGHT - 4}
            textAnchor={
              nth === 0 && all.length > 1 ? "start" : nth === all.length - 1 && all.length > 1 ? "end" : "middle"
            }
            className="fill-ink-soft text-xs"
          >
            {say(keys[place] ?? "")}
          </text>
        ))}
      </svg>
    </figure>
  );
}
