/** Named counts for health and metrics; they only grow. */
export function createCounters() {
  const counts: Record<string, number> = {};
  return {
    add(name: string, by = 1): void {
      counts[name] = (counts[name] ?? 0) + by;
    },
    read: (): Record<string, number> => ({ ...counts }),
  };
}

export type Counters = ReturnType<typeof createCounters>;
