/** Where and how a person reads dates: BCP 47 tag and IANA time zone. */
export type DateReader = { locale: string; timeZone: string };

export type DateStyle = "time" | "day" | "date" | "full";

const styles = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
  // The month in letters: 3/4 is two different days to two readers.
  date: { day: "numeric", month: "short", year: "numeric" },
  full: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "short" },
  dayOfYear: { day: "numeric", month: "short" },
  iso: { year: "numeric", month: "2-digit", day: "2-digit" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter is dear to make and the same for ever, so each kind is made once. */
function formatter(style: keyof typeof styles, locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  formatters.set(key, made);
  return made;
}

/** A moment (milliseconds since 1970) in words and figures of the reader's language and time zone; "" for none (NaN). */
export function formatDate(at: number, style: DateStyle, { locale, timeZone }: DateReader): string {
  return Number.isNaN(at) ? "" : formatter(style, locale, timeZone).format(at);
}

/** Which day a moment falls on in the reader's time zone, as `2026-11-22`; for comparing days. "" for none (NaN). */
export function dayOf(at: number, timeZone: string): string {
  return Number.isNaN(at) ? "" : formatter("iso", "en-CA", timeZone).format(at);
}

const DAY_MS = 86_400_000;

/** How many calendar days lie between a moment and now in the reader's time zone: 0 is today, 1 yesterday. */
export function daysAgo(at: number, now: number, timeZone: string): number {
  return Math.round((Date.parse(dayOf(now, timeZone)) - Date.parse(dayOf(at, timeZone))) / DAY_MS);
}

/** A moment as a list shows it: the hour today, the weekday this week, then day and month, then the whole date. */
export function formatWhen(at: number, now: number, reader: DateReader): string {
  const { locale, timeZone } = reader;
  const days = daysAgo(at, now, timeZone);
  if (days <= 0) return formatDate(at, "time", reader);
  if (days < 7) return formatter("weekday", locale, timeZone).format(at);
  const sameYear = dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4);
  if (sameYear) return formatter("dayOfYear", locale, timeZone).format(at);
  return formatDate(at, "date", reader);
}

const units: [unit: string, ms: number][] = [
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** A length of time as a counter shows it: "45 s", "12 min", "3 h", "2 d" in the reader's language. */
export function formatDuration(ms: number, locale: string): string {
  const length = Math.max(0, ms);
  const [unit, size] = units.find(([, least]) => length >= least) ?? ["second", 1000];
  // The region is left out on purpose: Argentina's short forms ("2 dd.") are nobody's.
  const language = locale.split("-", 1)[0];
  const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
  return format.format(Math.floor(length / size));
}
