import { completeValue, isRecord, type JsonSchema } from "../../../editing/complete-settings";
import { freshId } from "../model/fresh-id";

export type Path = readonly (string | number)[];

/** The value with what stands at a path changed; the rest is shared. Lists grow by what is put at their end. */
export function setAt(value: unknown, path: Path, to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (typeof key === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    list[key] = setAt(list[key], rest, to);
    return list;
  }
  const record = isRecord(value) ? value : {};
  return { ...record, [key]: setAt(record[key], rest, to) };
}

/** An entry that is put into a list: whole, and with an id of its own where entries have one. */
export function freshEntry(schema: JsonSchema, root: JsonSchema, list: readonly unknown[]): unknown {
  const entry = completeValue(schema, undefined, root);
  if (!isRecord(entry) || !("id" in entry)) return entry;
  const taken = new Set(list.map((one) => (isRecord(one) ? String(one.id) : "")));
  return { ...entry, id: freshId("item", taken) };
}

/** A list with one entry at another place. */
export function moveIn<Entry>(list: readonly Entry[], from: number, to: number): Entry[] {
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}

/** A text that only says whether two paths are the same. */
export const pathKey = (path: Path): string => path.join(".");
