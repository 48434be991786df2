/** Of one message; a larger one would fill a phone. */
const MOST_BYTES = 100 * 1024 * 1024;

/**
 * Whether so many bytes may lie on this browser's disk until they are sent: never more than half of what it still gives,
 * so that the rest of the app has room.
 * @param estimate as `navigator.storage.estimate()` says; null where the browser does not tell
 */
export function fitsHere(bytes: number, estimate: { quota?: number; usage?: number } | null): boolean {
  if (bytes > MOST_BYTES) return false;
  const { quota, usage = 0 } = estimate ?? {};
  return quota === undefined || bytes <= (quota - usage) / 2;
}
