/** One line of JSON for each fault that was tried: what was done, and the figures. */
export function report(fault: string, figures: Record<string, unknown>): void {
  console.log(JSON.stringify({ fault, ...figures }));
}

/** The middle and the largest, rounded. */
export function spread(values: readonly number[]): { p50: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: Math.round(sorted[sorted.length >> 1] ?? 0), max: Math.round(sorted.at(-1) ?? 0) };
}
