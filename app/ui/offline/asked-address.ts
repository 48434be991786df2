/** Stands in the offline page alone. */
export const SHELL_MARK = "offline-shell";
/** The offline page's own address. */
export const SHELL_PATH = "/offline";

const TRIED = "offline-tried";
/** A page that fails to draw loads itself anew: asked for again so soon, it would go on for ever. */
const AGAIN_MS = 8_000;

let asked: string | null = null;

/**
 * The worker answers any address with the offline page, which was drawn at its own: it must come alive there, and goes
 * on to what was asked for afterwards. To be called before React starts.
 */
export function takeAskedAddress(): void {
  const { pathname, search, hash } = window.location;
  if (!document.getElementById(SHELL_MARK) || pathname === SHELL_PATH) return;
  asked = pathname + search + hash;
  window.history.replaceState(window.history.state, "", SHELL_PATH);
}

/** The address that the offline page stands for, told once; null when it was opened as itself. */
export function askedAddress(): string | null {
  const address = asked;
  asked = null;
  return address;
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
