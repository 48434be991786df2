import { setTimeout as sleep } from "node:timers/promises";
import { CLOSE } from "../protocol";
import type { HubSocket } from "./hub-socket.server";

const ANSWERS_MS = 2_000;
const STEP_MS = 50;

/**
 * Closes every socket with 4002 at a moment of its own within the spread, so that they do not all knock elsewhere at
 * once. Frames under way are answered first, for at most 2 s.
 */
export async function drainSockets(sockets: ReadonlySet<HubSocket>, spreadMs: number): Promise<void> {
  await Promise.all(
    [...sockets].map(async (socket) => {
      await sleep(Math.random() * spreadMs);
      for (let waited = 0; socket.pending > 0 && waited < ANSWERS_MS; waited += STEP_MS) await sleep(STEP_MS);
      socket.ws?.end(CLOSE.draining, "draining");
    }),
  );
}
