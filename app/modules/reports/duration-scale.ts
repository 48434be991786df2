/** The upper ends of the scale's steps, in seconds; what is longer stands in one step more. */
export const STEP_ENDS = [
  10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800,
] as const;

/**
 * The median of durations of which only the steps are known: where the middle one lies if those of a step are spread
 * evenly over it. Right to the width of a step.
 * @param steps how many fell into each step, one more than the scale has ends
 * @returns seconds, or null where there are none
 */
export function medianOf(steps: readonly number[]): number | null {
  const all = steps.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let before = 0;
  for (const [place, count] of steps.entries()) {
    if (before + count < all / 2) {
      before += count;
      continue;
    }
    const from = STEP_ENDS[place - 1] ?? 0;
    const to = STEP_ENDS[place] ?? from * 2;
    return Math.round(from + ((all / 2 - before) / count) * (to - from));
  }
  return null;
}
