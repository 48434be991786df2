import type { TemplatedApp } from "uWebSockets.js";

/** Frames that follow one another within this time leave together: the kernel's send per socket is nearly all the cost. */
const GATHER_MS = 2;

/**
 * The last step to the sockets: uWebSockets.js sends what one turn of the loop published in one write per socket. A
 * frame that comes alone leaves at once; while it is busy, frames wait 2 ms for one another. Order is kept.
 */
export function createOutlet(clock: () => number = () => performance.now()) {
  let app: TemplatedApp | undefined;
  let waiting: { topic: string; frame: string }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;

  const flush = () => {
    timer = undefined;
    const leaving = waiting;
    waiting = [];
    lastAt = clock();
    for (const { topic, frame } of leaving) app?.publish(topic, frame);
  };
  return {
    attach(to: TemplatedApp): void {
      app = to;
    },
    push(topic: string, frame: string): void {
      if (!app) return;
      if (timer === undefined && clock() - lastAt > GATHER_MS) {
        lastAt = clock();
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
