import { isDuration, type Measure, type Metric, type ReportGroup } from "~/modules/reports";
import { type DateReader, formatDate } from "~/ui/format/format-dates";
import { formatSpan } from "~/ui/format/format-span";

/** The figure of a measure that a picture is drawn of: a median in seconds, an average rating, else how many. */
export function figureOf(metric: Metric, measure: Measure | undefined): number {
  if (!measure) return 0;
  if (isDuration(metric)) return measure.median ?? 0;
  return metric === "rated" ? (measure.average ?? 0) : measure.count;
}

/** The same in words and figures of the reader's language. */
export function sayFigure(metric: Metric, figure: number, { locale }: DateReader): string {
  if (isDuration(metric)) return formatSpan(figure, locale);
  return new Intl.NumberFormat(locale, { maximumFractionDigits: metric === "rated" ? 2 : 0 }).format(figure);
}

/** Keys of times are the organisation's own clock already: they are written as they stand. */
const asWritten = (reader: DateReader): DateReader => ({ ...reader, timeZone: "UTC" });

/** 1 January 2024 was a Monday. */
const monday = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function weekdayName(day: number, { locale }: DateReader, style: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(monday + (day - 1) * DAY_MS);
}

/** What people read for a row's key; `name` for what has one. */
export function sayKey(group: ReportGroup, row: { key: string; name: string }, reader: DateReader): string {
  const { key } = row;
  if (group === "day") return formatDate(Date.parse(`${key}T12:00:00Z`), "date", asWritten(reader));
  if (group === "hour") {
    const at = Date.parse(`${key}:00Z`);
    return `${formatDate(at, "date", asWritten(reader))}, ${formatDate(at, "time", asWritten(reader))}`;
  }
  if (group === "hour_of_week") {
    const [day = "1", hour = "00"] = key.split("-");
    return `${weekdayName(Number(day), reader, "long")}, ${hour}:00`;
  }
  return row.name;
}
