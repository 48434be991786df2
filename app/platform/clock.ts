let movedMs = 0;

/** How far the product's clock stands from the database's, in ms; 0 but in tests that live through days. */
export const clockMovedMs = (): number => movedMs;

/**
 * Sets the product's clock, for tests: every transaction then begins so much later than the database says. What joins an
 * open ticket goes the long way meanwhile, for the quick one holds to the database's own clock.
 */
export function moveClock(ms: number): void {
  movedMs = ms;
}
