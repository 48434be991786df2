import { languages } from "~/i18n/languages";
import { addDays, type Day, dayOf } from "~/modules/accounts";
import { botTexts } from "../wording/bot-texts";
import { normaliseAnswer } from "./normalise-answer";

/** Words of all languages at once, since near a border customers do not write in the flow's own. */
const words = languages.map(botTexts);
const DAYS_AHEAD = new Map(
  words.flatMap(({ dayWords }) =>
    dayWords.flatMap((same, ahead) => same.map((word) => [normaliseAnswer(word), ahead] as const)),
  ),
);
const MONTHS = new Map(
  words.flatMap(({ months }) =>
    months.flatMap((month, i) => [month, month.slice(0, 3)].map((word) => [normaliseAnswer(word), i + 1] as const)),
  ),
);

const two = (part: number) => String(part).padStart(2, "0");

/** The day if the calendar has it. */
function dayIn(year: number, month: number, day: number): Day | null {
  const iso = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

function fullYear(year: string | undefined, month: number, day: number, today: Day): number {
  if (year === undefined) {
    const thisYear = Number(today.slice(0, 4));
    // Without a year the next such day is meant.
    return `${two(month)}-${two(day)}` < today.slice(5) ? thisYear + 1 : thisYear;
  }
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** Day before month, as the region writes; the other way round only where it can be nothing else. */
function fromNumbers(first: number, second: number, year: string | undefined, today: Day): Day | null {
  const [day, month] = second > 12 && first <= 12 ? [second, first] : [first, second];
  return dayIn(fullYear(year, month, day, today), month, day);
}

/**
 * A day as people say it: "25/12/2026", "25-12", "2026-12-25", "25 de diciembre", "hoy", "mañana", "amanhã", "tomorrow".
 * Without a year, the next one.
 * @param now RFC 3339; with the zone it says which day is today
 * @returns `YYYY-MM-DD`, or null for what is no day
 */
export function readDate(written: string, now: string, timeZone: string): Day | null {
  const text = written.trim().slice(0, 60);
  const today = dayOf(Date.parse(now), timeZone);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dayIn(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?$/.exec(text);
  if (numbers) return fromNumbers(Number(numbers[1]), Number(numbers[2]), numbers[3], today);
  const plain = normaliseAnswer(text);
  const ahead = DAYS_AHEAD.get(plain);
  if (ahead !== undefined) return addDays(today, ahead);
  return withMonth(plain, today);
}

function withMonth(plain: string, today: Day): Day | null {
  const named = /^(?:el |dia |o |on )*(\d{1,2}) (?:de |do |of )?(\p{L}+)(?: (?:de |del |do )?(\d{4}))?$/u.exec(plain);
  const english = /^(\p{L}+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/u.exec(plain);
  const [day, word, year] = named ? [named[1], named[2], named[3]] : [english?.[2], english?.[1], english?.[3]];
  const month = MONTHS.get(word ?? "");
  return month === undefined ? null : dayIn(fullYear(year, month, Number(day), today), month, Number(day));
}
