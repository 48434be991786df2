/**
 * Whether this tab speaks for all of the browser's: one does, and when it goes another takes its place. A browser without
 * Web Locks has each speak for itself. Made once for a page.
 * @returns what asks, and what ends it
 */
export function leadTab(name: string): { leads: () => boolean; end: () => void } {
  let leading = !("locks" in navigator);
  let release = () => {};
  if (leading) return { leads: () => true, end: release };
  const gone = new AbortController();
  const held = new Promise<void>((done) => {
    release = done;
  });
  const take = () => {
    leading = true;
    return held;
  };
  navigator.locks.request(name, { signal: gone.signal }, take).catch(() => undefined);
  return {
    leads: () => leading,
    end() {
      leading = false;
      gone.abort();
      release();
    },
  };
}
