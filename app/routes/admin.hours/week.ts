export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];
export type Span = [from: string, to: string];
/** What the editor holds: a list of spans for each day. */
export type Week = Record<Day, Span[]>;

const USUAL: Span = ["09:00", "18:00"];

export const weekOf = (hours: Partial<Record<Day, Span[]>> | null): Week =>
  Object.fromEntries(DAYS.map((day) => [day, hours?.[day] ?? []])) as Week;

/** Monday to Friday at the usual hours, for who begins. */
export const usualWeek = (): Week =>
  Object.fromEntries(DAYS.map((day, at) => [day, at < 5 ? [[...USUAL]] : []])) as unknown as Week;

export const copyMonday = (week: Week): Week =>
  Object.fromEntries(DAYS.map((day, at) => [day, (at < 5 ? week.mon : week[day]).map((span) => [...span])])) as Week;

/** A further span of a day: after the last one, as far as the day goes. */
export function addSpan(spans: readonly Span[]): Span[] {
  const last = spans.at(-1)?.[1];
  if (!last) return [[...USUAL]];
  const hour = Number(last.slice(0, 2));
  if (hour >= 23) return [...spans];
  const two = (value: number) => String(value).padStart(2, "0");
  return [...spans, [`${two(hour + 1)}:00`, hour + 5 >= 24 ? "24:00" : `${two(hour + 5)}:00`]];
}

/** A field for times knows no 24:00: midnight at a span's end is written as 00:00. */
export const toField = (time: string): string => (time === "24:00" ? "00:00" : time);
export const endFromField = (time: string): string => (time === "00:00" ? "24:00" : time);
