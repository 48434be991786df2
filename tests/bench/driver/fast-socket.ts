import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** A frame's payload lies between `start` and `end` of `bytes`, only until the handler returns. */
export type FrameHandler = (bytes: Buffer, start: number, end: number) => void;

export type FastSocket = {
  send(text: string): void;
  onFrame: FrameHandler;
  close(): void;
  /** With the code that the server gave, 0 when it gave none. */
  closed: Promise<number>;
};

export type FastSocketOptions = {
  port: number;
  path: string;
  protocol?: string;
  headers?: Record<string, string>;
  /** Another address of the loopback has ports of its own. */
  localAddress?: string;
};

/** Shared: a handler has done with it when it returns. */
const arrivals = Buffer.allocUnsafe(256 * 1024);
const TEXT = 0x81;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0x8a;

/** A masked frame whose mask is zero, so that nothing needs to be computed; the server cannot tell. */
function masked(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([opcode, 0x80 | payload.length, 0, 0, 0, 0])
      : Buffer.from([opcode, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

/** Length of a frame's head and payload, or null while the head is not whole. */
function measure(bytes: Buffer, at: number): { head: number; length: number } | null {
  if (bytes.length - at < 2) return null;
  const short = (bytes[at + 1] ?? 0) & 127;
  if (short < 126) return { head: 2, length: short };
  if (short === 126) return bytes.length - at < 4 ? null : { head: 4, length: bytes.readUInt16BE(at + 2) };
  return bytes.length - at < 10 ? null : { head: 10, length: Number(bytes.readBigUInt64BE(at + 2)) };
}

/**
 * A WebSocket client that costs little: a load generator shares its cores with what it measures. Texts only, without
 * fragments, up to 64 KiB outwards. Resolves when the upgrade is answered with 101.
 */
export function openFastSocket(options: FastSocketOptions): Promise<FastSocket> {
  return new Promise((done, fail) => {
    let open = false;
    let rest: Buffer = Buffer.alloc(0);
    let code = 0;
    const one: FastSocket = {
      send: (text) => void socket.write(masked(TEXT, Buffer.from(text))),
      onFrame: () => {},
      close: () => void socket.destroy(),
      closed: new Promise((end) => setImmediate(() => socket.on("close", () => end(code)))),
    };
    const frames = (bytes: Buffer): Buffer => {
      let at = 0;
      for (let size = measure(bytes, at); size; size = measure(bytes, at)) {
        const start = at + size.head;
        const end = start + size.length;
        if (end > bytes.length) break;
        const opcode = (bytes[at] ?? 0) & 15;
        if (opcode === 1) one.onFrame(bytes, start, end);
        else if (opcode === PING) socket.write(masked(PONG, Buffer.from(bytes.subarray(start, end))));
        else if (opcode === CLOSE && end - start >= 2) code = bytes.readUInt16BE(start);
        at = end;
      }
      return at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
    };
    const arrive = (count: number): boolean => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, arrivals.subarray(0, count)]) : arrivals.subarray(0, count);
      if (open) {
        rest = frames(bytes);
        return true;
      }
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) {
        rest = Buffer.from(bytes);
        return true;
      }
      const status = bytes.subarray(0, bytes.indexOf("\r\n")).toString();
      if (!status.includes(" 101 ")) {
        fail(new Error(status));
        socket.destroy();
        return false;
      }
      open = true;
      rest = Buffer.from(bytes.subarray(end + 4));
      done(one);
      return true;
    };
    const { port, localAddress, path, protocol, headers = {} } = options;
    const socket: Socket = connect({
      port,
      host: "127.0.0.1",
      localAddress,
      noDelay: true,
      onread: { buffer: arrivals, callback: arrive },
    });
    const lines = {
      Host: `127.0.0.1:${port}`,
      Upgrade: "websocket",
      Connection: "Upgrade",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      "Sec-WebSocket-Version": "13",
      ...(protocol && { "Sec-WebSocket-Protocol": protocol }),
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${head.join("")}\r\n`);
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("closed before the upgrade")));
  });
}
