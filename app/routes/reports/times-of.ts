import type { Report } from "~/modules/reports";

const HOUR_MS = 3_600_000;

/** Every day or hour of a report's span as its rows' keys name them, in order. */
export function timesOf({ group, from, to }: Pick<Report, "group" | "from" | "to">): string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T23:00:00Z`)];
  const step = group === "hour" ? HOUR_MS : 24 * HOUR_MS;
  const length = group === "hour" ? "2026-01-01T00:00".length : "2026-01-01".length;
  const keys: string[] = [];
  for (let at = first; at <= last; at += step) keys.push(new Date(at).toISOString().slice(0, length));
  return keys;
}
