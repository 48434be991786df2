import type { Line } from "./fault";

/** Sums of what was counted, and of every other figure the worst; the seed is that of a run that failed, if one did. */
const SUMMED = new Set(["runs", "acked", "lost", "dup", "reordered", "unknown", "errors_user_visible", "repeated"]);

/** One line for many runs of one fault: the worst run counts, not the mean. */
export function worstOf(lines: readonly Line[]): Line {
  const [first, ...rest] = lines;
  if (!first) throw new Error("no run");
  const worst: Line = { ...first, broken: [...first.broken] };
  for (const line of rest) {
    if (worst.broken.length === 0 && line.broken.length > 0) worst.seed = line.seed;
    worst.broken.push(...line.broken);
    for (const [name, value] of Object.entries(line)) {
      const before = worst[name];
      if (name === "seed" || typeof value !== "number" || typeof before !== "number") continue;
      worst[name] = SUMMED.has(name) ? before + value : Math.max(before, value);
    }
  }
  return worst;
}
