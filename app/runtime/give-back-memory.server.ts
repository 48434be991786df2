import { Session } from "node:inspector";
import { performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

const LOOK_MS = 5_000;
/** The share of a window that the process may have worked in and still counts as idle. */
const IDLE = 0.3;
/** What may lie about: a collection is only worth its pause for more. */
const SLACK_BYTES = 32 * 1024 * 1024;
const GROWTH = 1.5;

export type Heap = {
  used: () => number;
  /** The share of the time since the last look in which the process worked. */
  busy: () => number;
  collect: () => void;
};

/**
 * What `gc()` frees V8 keeps for itself; this one gives the pages back to the system too. V8 answers while it holds the
 * lock that its session needs to end: whoever disconnects within the answer stands still for ever.
 */
export function collectAll(): void {
  const session = new Session();
  session.connect();
  session.post("HeapProfiler.collectGarbage", () => setImmediate(() => session.disconnect()));
}

function ownHeap(): Heap {
  let last = performance.eventLoopUtilization();
  return {
    // Not process.memoryUsage(): that opens a file, and throws where no descriptor is left.
    used: () => getHeapStatistics().used_heap_size,
    busy() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
    collect: collectAll,
  };
}

/** Looks once: collects when there is time for it and much to gain. */
export function createGiver({ used, busy, collect }: Heap) {
  /** What there was at the first look after a collection, which takes its own time. */
  let standing: number | undefined;
  return (): void => {
    const idle = busy() < IDLE;
    standing ??= used();
    if (!idle || used() < standing * GROWTH + SLACK_BYTES) return;
    collect();
    standing = undefined;
  };
}

/**
 * Gives memory back after a rush. What a crowd that came at once leaves behind outlives the young generation, and V8
 * collects the old one when it needs room, not when there is time: ten thousand sockets kept twenty times what they hold.
 */
export function giveBackMemory(heap: Heap = ownHeap()): () => void {
  const timer = setInterval(createGiver(heap), LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
