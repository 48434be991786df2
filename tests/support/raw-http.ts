import { connect, type Socket } from "node:net";
import type { HttpServer, ServeOptions } from "~/platform/http/serve.server";

export type TestServer = HttpServer & { url: string };

/** The adapter on a free port of this machine. */
export async function openServer(options: Partial<ServeOptions>): Promise<TestServer> {
  // These tests provoke faults by the dozen; what is logged of them is not what they look at.
  process.env.LOG_LEVEL ??= "silent";
  const { serve } = await import("~/platform/http/serve.server");
  const server = await serve({ host: "127.0.0.1", port: 0, trustProxy: false, ready: () => true, ...options });
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}

export type Answer = { status: number; headers: [name: string, value: string][]; body: string };
export type Heard = {
  answers: Answer[];
  /** True when the server hung up within the time. */
  closed: boolean;
};

/**
 * Writes bytes to a socket of its own and hears what comes back, until `count` answers are whole, the server hangs up, or
 * `waitMs` have passed.
 */
export function speak(port: number, bytes: string | Buffer, { count = 1, waitMs = 2_000, thenClosed = false } = {}) {
  return new Promise<Heard>((done) => {
    const socket = connect(port, "127.0.0.1");
    const toHead = String(bytes).startsWith("HEAD ");
    let text = "";
    const finish = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      done({ answers: readAnswers(text, toHead), closed });
    };
    const timer = setTimeout(() => finish(false), waitMs);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!thenClosed && readAnswers(text, toHead).length >= count) finish(false);
    });
    socket.on("error", () => finish(true));
    socket.on("close", () => finish(true));
    socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  });
}

/** The whole answers in a stretch of text; an answer without a length is taken to end with the text. */
export function readAnswers(text: string, toHead = false): Answer[] {
  const answers: Answer[] = [];
  for (let at = 0; ; ) {
    const end = text.indexOf("\r\n\r\n", at);
    if (end < 0) return answers;
    const [first = "", ...lines] = text.slice(at, end).split("\r\n");
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const status = Number(first.split(" ")[1]);
    const length = headers.find(([name]) => name === "content-length")?.[1];
    const bodiless = toHead || status === 204 || status === 304 || status === 100;
    const stop = bodiless ? end + 4 : length === undefined ? text.length : end + 4 + Number(length);
    if (stop > text.length) return answers;
    if (status !== 100) answers.push({ status, headers, body: text.slice(end + 4, stop) });
    at = stop;
  }
}

export const header = (answer: Answer | undefined, name: string) => answer?.headers.find(([key]) => key === name)?.[1];

/** A socket in the test's own hand. */
export function dial(port: number): Promise<Socket> {
  return new Promise((open, failed) => {
    const socket = connect(port, "127.0.0.1", () => open(socket));
    socket.once("error", failed);
    socket.on("error", () => undefined);
  });
}

export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Waits until something is so; fails after 10 s with `what`. */
export async function until(isSo: () => boolean, what: string) {
  for (const end = Date.now() + 10_000; !isSo(); await pause(5))
    if (Date.now() > end) throw new Error(`not within 10 s: ${what}`);
}
