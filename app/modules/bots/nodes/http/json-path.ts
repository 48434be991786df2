import { z } from "zod";
import { type Json, own } from "../../wording/json";

const STEP = /\.?([\p{L}\p{N}_$-]+)|\[(\d{1,6})\]/uy;

/** `data.orders[0].number` as its steps; null for what is no such path. `$` at its beginning is the answer itself. */
function stepsOf(path: string): (string | number)[] | null {
  const steps: (string | number)[] = [];
  STEP.lastIndex = path.startsWith("$") ? 1 : 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (!found) return null;
    steps.push(found[2] === undefined ? (found[1] ?? "") : Number(found[2]));
  }
  return steps;
}

export const jsonPath = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((path) => stepsOf(path) !== null, "must be a path such as data.orders[0].number, or $ for the whole answer")
  .meta({ description: "Where it stands in the answer, such as data.orders[0].number; $ is the whole answer." });

/** The value at a path, own properties only; null for what does not exist. */
export function readPath(value: Json, path: string): Json {
  let at: Json | undefined = value;
  for (const step of stepsOf(path) ?? []) {
    if (typeof at !== "object" || at === null) return null;
    if (Array.isArray(at)) at = typeof step === "number" ? at[step] : undefined;
    else at = own(at, String(step));
  }
  return at ?? null;
}

/** More entries than this no path of an example needs. */
const MOST_MADE = 200;

/** The same value with `put` at a path, making the objects and lists on the way; what stands in it is replaced. */
export function writePath(value: Json, path: string, put: Json): Json {
  const write = (at: Json | undefined, [step, ...rest]: (string | number)[]): Json => {
    if (step === undefined) return put;
    if (typeof step === "number") {
      const list = Array.isArray(at) ? [...at] : [];
      const place = Math.min(step, MOST_MADE);
      while (list.length <= place) list.push(null);
      list[place] = write(list[place], rest);
      return list;
    }
    const record = typeof at === "object" && at !== null && !Array.isArray(at) ? at : {};
    return Object.fromEntries([...Object.entries(record), [step, write(own(record, step), rest)]]);
  };
  return write(value, stepsOf(path) ?? []);
}

const LONGEST_TEXT = 4_000;
const MOST_ENTRIES = 200;
const DEEPEST = 8;

/** What PostgreSQL's JSON cannot hold. */
const storable = (text: string) => text.replaceAll("\u0000", "").toWellFormed();

/** A value of an outside server as a run may keep it: of a size, a depth and signs that are bearable. */
export function keepable(value: Json, depth = 0): Json {
  if (typeof value === "string") return storable(value.slice(0, LONGEST_TEXT));
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((entry) => keepable(entry, depth + 1));
  const entries = Object.entries(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(entries.map(([key, entry]) => [storable(key.slice(0, 200)), keepable(entry, depth + 1)]));
}
