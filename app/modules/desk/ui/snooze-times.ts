import { dayOf } from "~/ui/format/format-dates";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The moment at which a zone's clocks show this hour of a day (`YYYY-MM-DD`, `HH:MM`). */
export function momentIn(day: string, hour: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${hour}:00Z`);
  let at = wanted;
  // The offset at the first guess may be another than at the moment itself, where clocks are changed in between.
  for (let turn = 0; turn < 2; turn++) at = wanted - offsetAt(at, timeZone);
  return new Date(at);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  } as Intl.DateTimeFormatOptions).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "0";
  const shown = Date.parse(
    `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}Z`,
  );
  return shown - Math.floor(at / 1000) * 1000;
}

const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export type SnoozeTime = { name: "hour" | "evening" | "tomorrow" | "monday"; at: Date };

/** What is offered at once, by the organisation's clock; an evening that has begun is not. */
export function snoozeTimes(now: Date, timeZone: string): SnoozeTime[] {
  const today = dayOf(now.getTime(), timeZone);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const evening = momentIn(today, "18:00", timeZone);
  return [
    { name: "hour", at: new Date(now.getTime() + HOUR_MS) },
    ...(evening.getTime() > now.getTime() + HOUR_MS ? [{ name: "evening" as const, at: evening }] : []),
    { name: "tomorrow", at: momentIn(dayAfter(today, 1), "09:00", timeZone) },
    { name: "monday", at: momentIn(dayAfter(today, (8 - weekday) % 7 || 7), "09:00", timeZone) },
  ];
}
