import WebSocket from "ws";

export type Frame = Record<string, unknown> & { t: string };

/** A socket to a hub under test: frames are kept, `wait` resolves with the first that fits. */
export async function openSocket(
  port: number,
  token: string,
  options: { headers?: Record<string, string>; query?: string } = {},
) {
  const headers = options.headers ?? { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/hub${options.query ?? ""}`, ["guazu.v1"], { headers });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let end = "open";
  const closed = new Promise<number>((done) =>
    socket.on("close", (code, reason) => {
      end = `closed with ${code} ${reason}`;
      done(code);
    }),
  );
  socket.on("message", (raw) => {
    frames.push(JSON.parse(String(raw)) as Frame);
    for (const look of waiting) look();
  });
  await new Promise<void>((ok, no) => {
    socket.on("open", () => ok());
    socket.on("unexpected-response", (_, response) => {
      no(
        Object.assign(new Error(`refused ${response.statusCode}`), {
          status: response.statusCode,
          headers: response.headers,
        }),
      );
    });
    socket.on("error", no);
  });
  const say = (frame: unknown) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  const wait = (fits: (frame: Frame) => boolean, ms = 3_000): Promise<Frame> =>
    new Promise((done, no) => {
      const look = () => {
        const found = frames.find(fits);
        if (!found) return;
        waiting.delete(look);
        clearTimeout(timer);
        done(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(look);
        no(new Error(`no such frame; the socket is ${end}, had ${JSON.stringify(frames).slice(0, 600)}`));
      }, ms);
      waiting.add(look);
      look();
    });
  return {
    socket,
    frames,
    closed,
    say,
    wait,
    /** Resolves when all that was said before has been answered. */
    async settled() {
      frames.splice(0, frames.length, ...frames.filter((frame) => frame.t !== "pong"));
      say({ t: "ping" });
      await wait((frame) => frame.t === "pong");
    },
    async join(conversation: string): Promise<Frame> {
      say({ t: "sub", topic: `conversation:${conversation}` });
      return wait((frame) => frame.t === "subscribed" && frame.topic === `conversation:${conversation}`);
    },
    events: (name: string) => frames.filter((frame) => frame.t === "event" && frame.event === name),
    close: () => socket.terminate(),
  };
}

export type SocketDouble = Awaited<ReturnType<typeof openSocket>>;
