/** Stands in the offline page alone, with that page's own address; the browser's entry looks for it. */
export const SHELL_MARK = "offline-shell";
/** The offline page's own address. */
export const SHELL_PATH = "/offline";

const TRIED = "offline-tried";
/** A page that fails to draw loads itself anew: asked for again so soon, it would go on for ever. */
const AGAIN_MS = 8_000;

/** The address that the offline page stands for, as the browser's entry left it; null when it was opened as itself. */
export function askedAddress(): string | null {
  const { asked } = (window.history.state ?? {}) as { asked?: unknown };
  return typeof asked === "string" && /^\/(?![/\\])/.test(asked) ? asked : null;
}

/** Whether the same address was tried a moment ago. Notes that it is tried now. */
export function triedJustNow(address: string): boolean {
  try {
    const [before, at] = (sessionStorage.getItem(TRIED) ?? "").split(" ");
    sessionStorage.setItem(TRIED, `${address} ${Date.now()}`);
    return before === address && Date.now() - Number(at) < AGAIN_MS;
  } catch {
    return false;
  }
}

/** What was tried stands: the next time it may be tried at once. */
export function forgetTried(): void {
  try {
    sessionStorage.removeItem(TRIED);
  } catch {}
}
