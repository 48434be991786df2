const BARS = 64;

/** How loud a sound is along its way: numbers from 0 to 100, the loudest place 100. */
export function barsOf(samples: Float32Array, count = BARS): number[] {
  const step = samples.length / count;
  if (step < 1) return [];
  const loud = Array.from({ length: count }, (_, bar) => {
    let sum = 0;
    const [start, end] = [Math.floor(bar * step), Math.floor((bar + 1) * step)];
    for (let at = start; at < end; at++) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / (end - start));
  });
  const loudest = Math.max(...loud);
  return loud.map((one) => (loudest > 0.001 ? Math.round((one / loudest) * 100) : 0));
}

/** The same way told by fewer or more bars. */
export function resample(bars: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, place) => {
    const start = Math.floor((place * bars.length) / count);
    const end = Math.max(start + 1, Math.floor(((place + 1) * bars.length) / count));
    return Math.max(0, ...bars.slice(start, end));
  });
}
