import type { OpeningHours } from "~db/schema/accounts";
import { addDays, type Day, dayOf, instantOf, weekdayOf } from "./zone-time";

type Spans = readonly (readonly [string, string])[];

/** When people answer: a week, or always, but for the days that have hours of their own. */
export type Schedule = {
  timeZone: string;
  /** Null: always open. */
  week: OpeningHours | null;
  holidays: ReadonlyMap<Day, Spans>;
};

export type HolidayOf = { areaId: string | null; day: Day; spans: Spans };

/** The hours of an area: its own, else the organisation's; an area's holiday comes before the organisation's of that day. */
export function scheduleOf(
  organisation: { timeZone: string; hours: OpeningHours | null },
  area: { id: string; hours: OpeningHours | null },
  holidays: readonly HolidayOf[],
): Schedule {
  const own = holidays.filter((one) => one.areaId === area.id);
  const shared = holidays.filter((one) => one.areaId === null);
  return {
    timeZone: organisation.timeZone,
    week: area.hours ?? organisation.hours,
    holidays: new Map([...shared, ...own].map(({ day, spans }) => [day, spans])),
  };
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const MINUTE_MS = 60_000;
const FULL_DAY = 24 * 60;
/** Who opens on no day of a year opens never. */
const HORIZON_DAYS = 370;

type Interval = [from: number, to: number];

function minutesOf(time: string): number {
  const [hours = "", minutes = ""] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** The spans of a day in minutes, in order and without overlaps; one that ends at `00:00` ends with the day. */
function spansOf({ week, holidays }: Schedule, day: Day): Interval[] {
  const holiday = holidays.get(day);
  if (!holiday && week === null) return [[0, FULL_DAY]];
  const given: Spans = holiday ?? week?.[DAYS[weekdayOf(day)] ?? "sun"] ?? [];
  const spans = given
    .map(([from, to]): Interval => [minutesOf(from), minutesOf(to) || FULL_DAY])
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
  const merged: Interval[] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** When a day's spans begin and end, in ms. */
const intervalsOf = (schedule: Schedule, day: Day): Interval[] =>
  spansOf(schedule, day)
    .map(([from, to]): Interval => [instantOf(day, from, schedule.timeZone), instantOf(day, to, schedule.timeZone)])
    .filter(([from, to]) => from < to);

const isPlain = ({ week, holidays }: Schedule) => week === null && holidays.size === 0;

export function isOpenAt(schedule: Schedule, at: Date): boolean {
  const now = at.getTime();
  return intervalsOf(schedule, dayOf(now, schedule.timeZone)).some(([from, to]) => from <= now && now < to);
}

/** How long it was open between two instants, in minutes, parts of one included; 0 where `to` is not after `from`. */
export function businessMinutesBetween(schedule: Schedule, from: Date, to: Date): number {
  const [start, end] = [from.getTime(), to.getTime()];
  if (end <= start) return 0;
  if (isPlain(schedule)) return (end - start) / MINUTE_MS;
  const last = dayOf(end, schedule.timeZone);
  let sum = 0;
  for (let day = dayOf(start, schedule.timeZone); day <= last; day = addDays(day, 1)) {
    for (const [a, b] of intervalsOf(schedule, day)) sum += Math.max(0, Math.min(b, end) - Math.max(a, start));
  }
  return sum / MINUTE_MS;
}

/** The latest instant since which it was open for so many minutes; null when that is more than a year ago. */
export function businessMinutesAgo(schedule: Schedule, now: Date, minutes: number): Date | null {
  let left = minutes * MINUTE_MS;
  const end = now.getTime();
  if (isPlain(schedule)) return new Date(end - left);
  const today = dayOf(end, schedule.timeZone);
  for (let back = 0; back <= HORIZON_DAYS; back++) {
    for (const [from, until] of intervalsOf(schedule, addDays(today, -back)).reverse()) {
      const to = Math.min(until, end);
      if (to <= from) continue;
      if (to - from >= left) return new Date(to - left);
      left -= to - from;
    }
  }
  return null;
}

/** When it opens next; `at` itself while it is open, null when that is more than a year away. */
export function nextOpening(schedule: Schedule, at: Date): Date | null {
  const now = at.getTime();
  const today = dayOf(now, schedule.timeZone);
  for (let ahead = 0; ahead <= HORIZON_DAYS; ahead++) {
    const next = intervalsOf(schedule, addDays(today, ahead)).find(([, to]) => to > now);
    if (next) return new Date(Math.max(next[0], now));
  }
  return null;
}

/** Since when it is closed; null while it is open, or when it was closed for more than a year. */
export function closedSince(schedule: Schedule, at: Date): Date | null {
  const now = at.getTime();
  const today = dayOf(now, schedule.timeZone);
  for (let back = 0; back <= HORIZON_DAYS; back++) {
    const last = intervalsOf(schedule, addDays(today, -back)).findLast(([from]) => from <= now);
    if (last) return last[1] > now ? null : new Date(last[1]);
  }
  return null;
}
