import { z } from "zod";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const MOST_SPANS = 6;
const START = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const END = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** A day's spans as `HH:MM`, each with its end after its beginning, one after the other; `24:00` ends a day. */
export const daySpans = z
  .array(z.tuple([z.string().regex(START, "hours_malformed"), z.string().regex(END, "hours_malformed")]))
  .max(MOST_SPANS, "hours_malformed")
  .refine((spans) => spans.every(([from, to]) => from < to), "hours_malformed")
  .refine((spans) => spans.every(([from], at) => at === 0 || (spans[at - 1]?.[1] ?? "") <= from), "hours_overlap");

const days = Object.fromEntries(WEEKDAYS.map((day) => [day, daySpans.optional()]));

/** A week's opening hours; null is always open. */
export const openingHours = z
  .strictObject(days as Record<(typeof WEEKDAYS)[number], z.ZodOptional<typeof daySpans>>)
  .nullable();

export const hoursText = z.string().trim().max(1_000, "text_too_long").nullable();

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** A day of the calendar that there is, `YYYY-MM-DD`. */
export const calendarDay = z
  .string()
  .regex(DAY, "day_malformed")
  .refine((day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day), "day_malformed");
