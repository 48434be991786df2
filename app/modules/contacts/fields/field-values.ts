import type { FieldKind } from "~db/schema/contacts";

/** A field that an organisation added to its contacts or tickets. */
export type CustomField = {
  id: string;
  subject: "contact" | "ticket";
  key: string;
  label: string;
  kind: FieldKind;
  options: string[];
  archived: boolean;
};

export type FieldValue = string | number | boolean;

export const LONGEST_VALUE = 500;

/**
 * What somebody gave for a field, as it is stored: null takes the value away, undefined says that it does not fit the kind.
 * Forms and files give text, programs the value itself.
 */
export function readFieldValue(
  field: Pick<CustomField, "kind" | "options">,
  given: unknown,
): FieldValue | null | undefined {
  if (given === null) return null;
  if (typeof given === "string" && given.trim() === "") return null;
  return READERS[field.kind](typeof given === "string" ? given.trim() : given, field.options);
}

const YES = new Set(["true", "1", "yes", "si", "sí", "sim", "x"]);
const NO = new Set(["false", "0", "no", "não", "nao"]);

const READERS: Record<FieldKind, (given: unknown, options: readonly string[]) => FieldValue | undefined> = {
  text: (given) => (typeof given === "string" && given.length <= LONGEST_VALUE ? given : undefined),
  number: (given) => {
    if (typeof given === "number") return Number.isFinite(given) ? given : undefined;
    const text = typeof given === "string" ? given.replace(/^([+-]?\d+),(\d+)$/, "$1.$2") : "";
    return /^[+-]?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : undefined;
  },
  date: (given) => (typeof given === "string" ? readDate(given) : undefined),
  choice: (given, options) => options.find((option) => typeof given === "string" && same(option, given)),
  yes_no: (given) => {
    if (typeof given === "boolean") return given;
    const word = typeof given === "string" ? given.toLowerCase() : "";
    return YES.has(word) ? true : NO.has(word) ? false : undefined;
  },
};

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

/** `YYYY-MM-DD`, or day, month and year as people here write them. */
function readDate(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const iso = year ? `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}

/**
 * The values of a row after somebody gave some of them; those of archived fields stay as they are.
 * @returns the new values, or the key of the first that names no field or does not fit
 */
export function withFieldValues(
  fields: readonly CustomField[],
  known: Record<string, unknown>,
  given: Record<string, unknown>,
): { values: Record<string, unknown> } | { wrong: string } {
  const values = { ...known };
  for (const [key, one] of Object.entries(given)) {
    const field = fields.find((candidate) => candidate.key === key && !candidate.archived);
    const value = field && readFieldValue(field, one);
    if (value === undefined) return { wrong: key };
    if (value === null) delete values[key];
    else values[key] = value;
  }
  return { values };
}
