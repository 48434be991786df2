import { isReportName, type Metric, REPORTS, type ReportGroup, type ReportName } from "~/modules/reports";
import { isDay } from "~/modules/tickets";

/** What a reports page shows, as its address says it. */
export type Asked = { name: ReportName; group: ReportGroup; metric: Metric; from: string; to: string };

const DAY_MS = 86_400_000;
/** The spans that one press chooses, in days. */
export const SPANS = [7, 30, 90, 365] as const;

/** The day so many days before another, both `YYYY-MM-DD`. */
export const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

/** Reads an address; what it does not say, or says wrongly, falls back to the volume of the last 30 days. */
export function askedOf(params: URLSearchParams, today: string): Asked {
  const given = params.get("name");
  const name = isReportName(given) ? given : "volume";
  const report: { metrics: readonly Metric[]; groups: readonly ReportGroup[] } = REPORTS[name];
  const day = (key: string, otherwise: string) => {
    const value = params.get(key) ?? "";
    return isDay(value) ? value : otherwise;
  };
  const to = day("to", today);
  return {
    name,
    group: report.groups.find((group) => group === params.get("group")) ?? (report.groups[0] as ReportGroup),
    metric: report.metrics.find((metric) => metric === params.get("metric")) ?? (report.metrics[0] as Metric),
    from: day("from", daysBefore(to, 29)),
    to,
  };
}

/** The query string of an address, with what is to be otherwise in it. */
export function searchOf(asked: Asked, change: Partial<Record<keyof Asked, string>> = {}): string {
  return `?${new URLSearchParams({ ...asked, ...change })}`;
}
