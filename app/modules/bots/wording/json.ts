/** What survives JSON unchanged: everything that a run keeps. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A value that is the record's own, never one of the prototype: node ids and variable names are the author's words. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
