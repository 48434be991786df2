type Line = { running: number; waiting: (() => void)[] };

/**
 * Lets each owner do so much at once; the rest waits in the owner's own line, in order, where it holds up nobody else.
 * The lines have no end: whoever uses this bounds by other means how much one owner may ask for.
 */
export function createFairShare(atOnce: number) {
  const lines = new Map<string, Line>();

  const leave = (owner: string, line: Line) => {
    const next = line.waiting.shift();
    if (next) return next();
    line.running--;
    if (line.running === 0) lines.delete(owner);
  };

  return async <T>(owner: string, work: () => Promise<T>): Promise<T> => {
    const line = lines.get(owner) ?? { running: 0, waiting: [] };
    lines.set(owner, line);
    if (line.running < atOnce) line.running++;
    else await new Promise<void>((turn) => line.waiting.push(turn));
    try {
      return await work();
    } finally {
      leave(owner, line);
    }
  };
}
