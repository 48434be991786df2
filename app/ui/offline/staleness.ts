import { useSyncExternalStore } from "react";

/** When what a page shows was last known to be so (ms), for data that came out of this browser and not from the server. */
const ages = new WeakMap<object, number>();
const shown = new Map<string, number>();
const listeners = new Set<() => void>();
let since: number | null = null;

/** Notes that data are a copy of that moment. */
export function markCopy<Data>(data: Data, at: number): Data {
  if (typeof data === "object" && data !== null) ages.set(data, at);
  return data;
}

export const ageOf = (data: unknown): number | undefined =>
  typeof data === "object" && data !== null ? ages.get(data) : undefined;

/** Says what stands on the screen now under a name: a copy of that moment, or with null nothing old. */
export function showAge(name: string, at: number | null): void {
  if (at === null) shown.delete(name);
  else shown.set(name, at);
  since = shown.size > 0 ? Math.min(...shown.values()) : null;
  for (const listener of listeners) listener();
}

/** Since when what is shown has not been heard of; null while all of it is the server's own. */
export const useShownSince = (): number | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => since,
    () => null,
  );
