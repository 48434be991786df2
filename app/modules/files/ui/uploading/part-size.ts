const KIB = 1024;

/** In bytes. The server gives a part ten seconds; the smallest is what comes through in that time at 2 KB/s. */
export const SMALLEST_PART = 16 * KIB;
export const FIRST_PART = 256 * KIB;
export const LARGEST_PART = 8 * 1024 * KIB;
/** How long a part should take: short enough for a line that gets slower, long enough to be worth its request. */
const WANTED_MS = 3_000;
/** One lucky part does not make a fast line. */
const MOST_GROWTH = 4;

const whole = (bytes: number) => Math.round(Math.min(LARGEST_PART, Math.max(SMALLEST_PART, bytes)));

/** How large the next part should be after one of so many bytes took so long. */
export function nextPartSize(size: number, bytes: number, ms: number): number {
  const fitting = (bytes / Math.max(1, ms)) * WANTED_MS;
  return whole(Math.min(fitting, Math.max(size, bytes) * MOST_GROWTH));
}

/** After a part whose line broke: perhaps it was too much for it. */
export const smallerPart = (size: number) => whole(size / 4);
