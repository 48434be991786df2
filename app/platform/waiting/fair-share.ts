type Line = { running: number; waiting: (() => void)[]; askedAt: number };

/** How much an owner does at once: while nobody else asks for anything, and beside others. */
export type ShareSize = { alone: number; beside: number };

/** Who asked within this time is somebody beside whom others take less. */
const RECENT_MS = 1_000;

/**
 * Lets each owner do so much at once; the rest waits in the owner's own line, in order, where it holds up nobody else.
 * The lines have no end: whoever uses this bounds by other means how much one owner may ask for.
 * @param size at once for each, or less of it while others ask too
 */
export function createFairShare(size: number | ShareSize, now: () => number = () => performance.now()) {
  const { alone, beside } = typeof size === "number" ? { alone: size, beside: size } : size;
  const lines = new Map<string, Line>();

  const atOnce = (own: Line): number => {
    const since = now() - RECENT_MS;
    for (const line of lines.values()) if (line !== own && line.askedAt > since) return beside;
    return alone;
  };

  /** Lets in who waits where there is room by now, and forgets owners who have been quiet for a while. */
  const settle = (owner: string, line: Line) => {
    while (line.waiting.length > 0 && line.running < atOnce(line)) {
      line.running++;
      line.waiting.shift()?.();
    }
    if (line.running === 0 && line.askedAt <= now() - RECENT_MS) lines.delete(owner);
  };

  /** Those who went and did not come back; looked for now and then. */
  let tidiedAt = now();
  const tidy = () => {
    if (now() - tidiedAt < RECENT_MS) return;
    tidiedAt = now();
    for (const [owner, line] of lines) settle(owner, line);
  };

  return async <T>(owner: string, work: () => Promise<T>): Promise<T> => {
    tidy();
    const line = lines.get(owner) ?? { running: 0, waiting: [], askedAt: 0 };
    lines.set(owner, line);
    line.askedAt = now();
    if (line.waiting.length === 0 && line.running < atOnce(line)) line.running++;
    else await new Promise<void>((turn) => line.waiting.push(turn));
    try {
      return await work();
    } finally {
      line.running--;
      settle(owner, line);
    }
  };
}
