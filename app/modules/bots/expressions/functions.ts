import { addDays, dayOf } from "~/modules/accounts";
import { normaliseAnswer } from "../answers/normalise-answer";
import type { Json } from "../wording/json";

/** The moment and the chance that an expression may know. */
export type Surroundings = {
  /** RFC 3339. */
  now: string;
  timeZone: string;
  /** From 0 up to 1, another at each call. */
  random(): number;
};

/** Longer texts are cut: an expression that puts texts together again and again stays small. */
const LONGEST_TEXT = 10_000;

/** Longer than any number that is read. */
const LONGEST_NUMBER = 60;

/** Null for what is neither a number nor reads as one; an empty text is none. */
export function toNumber(value: Json): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.length > LONGEST_NUMBER) return null;
  if (!/^\s*[+-]?\d{1,15}(?:[.,]\d{1,10})?\s*$/.test(value)) return null;
  return Number(value.replace(",", "."));
}

export const toText = (value: Json): string =>
  (value === null || typeof value === "object" ? "" : String(value)).slice(0, LONGEST_TEXT);

export const cut = (text: string): string => text.slice(0, LONGEST_TEXT);

type Call = (given: Json[], around: Surroundings) => Json;
/** `least` and `most` values that it takes. */
type Fn = { least: number; most: number; call: Call };

const onText =
  (work: (text: string) => Json): Call =>
  ([value = null]) =>
    work(toText(value));
const onNumber =
  (work: (number: number) => number): Call =>
  ([value = null]) => {
    const number = toNumber(value);
    return number === null ? null : work(number);
  };

function random([from = null, to = null]: Json[], around: Surroundings): Json {
  const [least, most] = [toNumber(from), toNumber(to)];
  if (least === null || most === null || most < least) return null;
  const low = Math.ceil(least);
  return Math.min(low + Math.floor(around.random() * (Math.floor(most) - low + 1)), Math.floor(most));
}

function round([value = null, digits = 0]: Json[]): Json {
  const [number, places] = [toNumber(value), toNumber(digits)];
  if (number === null || places === null || places < 0 || places > 10) return null;
  const scale = 10 ** Math.floor(places);
  const rounded = Math.round(number * scale) / scale;
  return Number.isFinite(rounded) ? rounded : null;
}

/** The day so many days from today, `YYYY-MM-DD`; ten thousand years away is no day. */
function days([count = 0]: Json[], { now, timeZone }: Surroundings): Json {
  const number = toNumber(count);
  if (number === null || Math.abs(number) > 36_500) return null;
  return addDays(dayOf(Date.parse(now), timeZone), Math.trunc(number));
}

const pick =
  (choose: (numbers: number[]) => number): Call =>
  (given) => {
    const numbers = given.map(toNumber);
    return numbers.includes(null) ? null : choose(numbers as number[]);
  };

/** Everything that an expression can call. A null prototype: a name is one of these or none. */
export const FUNCTIONS: Readonly<Record<string, Fn>> = Object.assign(Object.create(null), {
  now: { least: 0, most: 0, call: (_, { now }) => now },
  today: { least: 0, most: 0, call: (_, around) => days([0], around) },
  days: { least: 1, most: 1, call: days },
  random: { least: 2, most: 2, call: random },
  upper: { least: 1, most: 1, call: onText((text) => cut(text.toUpperCase())) },
  lower: { least: 1, most: 1, call: onText((text) => cut(text.toLowerCase())) },
  trim: { least: 1, most: 1, call: onText((text) => text.trim()) },
  length: {
    least: 1,
    most: 1,
    call: ([value = null]) => (Array.isArray(value) ? value.length : [...toText(value)].length),
  },
  round: { least: 1, most: 2, call: round },
  floor: { least: 1, most: 1, call: onNumber(Math.floor) },
  ceil: { least: 1, most: 1, call: onNumber(Math.ceil) },
  abs: { least: 1, most: 1, call: onNumber(Math.abs) },
  min: { least: 1, most: 20, call: pick((numbers) => Math.min(...numbers)) },
  max: { least: 1, most: 20, call: pick((numbers) => Math.max(...numbers)) },
  number: { least: 1, most: 1, call: ([value = null]) => toNumber(value) },
  text: { least: 1, most: 1, call: onText((text) => text) },
  concat: { least: 1, most: 20, call: (given) => cut(given.map(toText).join("")) },
  contains: {
    least: 2,
    most: 2,
    call: ([value = null, part = null]) => {
      const sought = normaliseAnswer(toText(part));
      if (sought === "") return false;
      if (Array.isArray(value)) return value.some((entry) => normaliseAnswer(toText(entry)) === sought);
      return normaliseAnswer(toText(value)).includes(sought);
    },
  },
} satisfies Record<string, Fn>);
