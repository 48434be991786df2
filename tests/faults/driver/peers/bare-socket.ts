import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";

export type Bare = { token: string; conversation: string };
export type Arrival = { socket: WebSocket | null; ms: number; refusals: number };

/** What a browser gives a connection, and what the slowest machine needs for all. */
const TRY_MS = 30_000;
const LIMIT_MS = 150_000;
/** A page reconnects after a second or so; in a storm all wait about as long. */
const AGAIN_MS = 500;

/** One try: opens, resumes, and subscribes. Null when it was refused or did not come through in time. */
async function dial(url: string, { token, conversation }: Bare, tryMs: number): Promise<WebSocket | null> {
  const signal = AbortSignal.timeout(tryMs);
  const address = `${url.replace("http", "ws")}/hub?access_token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(address, ["guazu.v1"]);
  socket.on("error", () => {});
  try {
    await once(socket, "open", { signal });
    socket.send(JSON.stringify({ t: "hello", resume: { conversations: { [conversation]: 0 } } }));
    socket.send(JSON.stringify({ t: "sub", topic: `conversation:${conversation}` }));
    for (;;) {
      const [data] = await once(socket, "message", { signal });
      const { t } = JSON.parse(String(data)) as { t: string };
      if (t === "subscribed") return socket;
      if (t === "error") throw new Error("refused");
    }
  } catch {
    socket.terminate();
    return null;
  }
}

/** Comes in as a page does that was cut off: again and again until it hears its conversation. */
export async function arrive(url: string, who: Bare, tryMs = TRY_MS): Promise<Arrival> {
  const from = performance.now();
  let refusals = 0;
  while (performance.now() - from < LIMIT_MS) {
    const socket = await dial(url, who, tryMs);
    if (socket) return { socket, ms: performance.now() - from, refusals };
    refusals++;
    await sleep(AGAIN_MS * (1 + Math.random()));
  }
  return { socket: null, ms: LIMIT_MS, refusals };
}
