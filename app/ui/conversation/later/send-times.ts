const HOUR_MS = 3_600_000;

/** Offered at once, by the clock of this device. */
export const inAnHour = (now: Date): Date => new Date(now.getTime() + HOUR_MS);

/** Nine in the morning of the next day, whatever the clocks are changed by in between. */
export const tomorrowAtNine = (now: Date): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9, 0, 0, 0);

const two = (n: number) => String(n).padStart(2, "0");

/** As a field for day and hour takes it: `2026-11-27T09:00`, without seconds, by the clock of this device. */
export const toField = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

/** What such a field holds; null for nothing, or for what is over. */
export function fromField(value: string, now: Date): Date | null {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) || at <= now ? null : at;
}
