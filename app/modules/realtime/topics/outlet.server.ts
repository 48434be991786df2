import type { TemplatedApp } from "uWebSockets.js";

/** Frames that follow one another within this time leave together: the kernel's send per socket is nearly all the cost. */
const GATHER_MS = 2;

/**
 * The last step to the sockets: uWebSockets.js sends what one turn of the loop published in one write per socket. While
 * it is quiet, frames leave with the turn they came in; right after such a turn they wait 2 ms for one another. Order is
 * kept.
 */
export function createOutlet(clock: () => number = () => performance.now()) {
  let app: TemplatedApp | undefined;
  let waiting: { topic: string; frame: string }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let inTurn = false;
  let lastAt = Number.NEGATIVE_INFINITY;

  const flush = () => {
    timer = undefined;
    const leaving = waiting;
    waiting = [];
    lastAt = clock();
    for (const { topic, frame } of leaving) app?.publish(topic, frame);
  };
  /** Whether this turn of the loop may publish at once. */
  const leavesNow = (): boolean => {
    if (timer !== undefined) return false;
    if (inTurn) return true;
    if (clock() - lastAt <= GATHER_MS) return false;
    inTurn = true;
    lastAt = clock();
    setImmediate(() => {
      inTurn = false;
    });
    return true;
  };
  return {
    attach(to: TemplatedApp): void {
      app = to;
    },
    push(topic: string, frame: string): void {
      if (!app) return;
      if (leavesNow()) {
        app.publish(topic, frame);
        return;
      }
      waiting.push({ topic, frame });
      timer ??= setTimeout(flush, GATHER_MS);
    },
    flush(): void {
      clearTimeout(timer);
      flush();
    },
  };
}

export type Outlet = ReturnType<typeof createOutlet>;
