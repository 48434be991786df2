/** So long after a person answered nobody is told that nobody is there (R14). */
export const QUIET_MS = 2 * 3600_000;
