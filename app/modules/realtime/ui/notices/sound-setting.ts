import { useSyncExternalStore } from "react";

const KEY = "guazu.silent";
const CHANGED = "guazu:silent";

/** Of this browser alone, and of all its tabs: a phone in the pocket and the desk's computer differ. */
export function isSilent(): boolean {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

export function setSilent(silent: boolean): void {
  try {
    if (silent) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing sounds.
  }
  window.dispatchEvent(new Event(CHANGED));
}

function onChange(tell: () => void) {
  for (const name of [CHANGED, "storage"]) window.addEventListener(name, tell);
  return () => {
    for (const name of [CHANGED, "storage"]) window.removeEventListener(name, tell);
  };
}

export const useSilent = (): boolean => useSyncExternalStore(onChange, isSilent, () => false);
