import type { JsonObject } from "../inbound-event";

const DEEPEST = 40;
const LONGEST_ID = 512;

/** NUL, which PostgreSQL refuses, goes; a lone half of a surrogate pair, which no UTF-8 can carry, becomes U+FFFD. */
export const cleanText = (text: string) => text.replaceAll("\u0000", "").replace(/\p{Cs}/gu, "\uFFFD");

/** A copy of parsed JSON in which every text is clean, nothing is nested without end and no key can reach a prototype. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]));
}

/** The value when it is an object, else an empty one. */
export const objectOf = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The items of an array; a lone object where an array belongs counts as one item. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? [value] : [];
}

/** A text that says something; numbers are written out. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * An opaque id. A number is taken only while exact: one above 2^53 has lost digits and could name somebody else.
 */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const id = value.trim();
  return id !== "" && id.length <= LONGEST_ID ? id : undefined;
}

const EARLIEST = Date.UTC(2004, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/**
 * A moment given in seconds or milliseconds (below 10^12 is seconds), as number or text, or as an ISO date.
 * @returns null for anything else, and for years in which no message can have been written
 */
export function timeOf(value: unknown): Date | null {
  const milliseconds = numericTime(value) ?? isoTime(value);
  if (milliseconds === undefined || milliseconds < EARLIEST || milliseconds > LATEST) return null;
  return new Date(milliseconds);
}

function numericTime(value: unknown): number | undefined {
  const isDigits = typeof value === "string" && /^\d{1,16}(\.\d{1,9})?$/.test(value.trim());
  const number = typeof value === "number" || isDigits ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) return undefined;
  return Math.trunc(number < 1e12 ? number * 1000 : number);
}

function isoTime(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const milliseconds = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Leaves out the keys that have no value. */
export function present(fields: { [key: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
