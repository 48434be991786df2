import { describe, expect, it } from "vitest";
import type { Exchange } from "../exchange.server";
import { RequestBody } from "./request-body.server";

const MIB = 1024 * 1024;

/** A line whose sender writes on, whatever it is told, until it is cut. */
function lineOf(path: "upload" | "form") {
  const abort = new AbortController();
  let bring: (chunk: Uint8Array, last: boolean) => void = () => {};
  const exchange = {
    signal: abort.signal,
    get alive() {
      return !abort.signal.aborted;
    },
    onData: (handler: typeof bring) => {
      bring = handler;
    },
    pause() {},
    resume() {},
    cut: () => abort.abort(new DOMException("cut", "AbortError")),
  };
  const limit = path === "upload" ? Number.POSITIVE_INFINITY : MIB;
  const body = new RequestBody(exchange as unknown as Exchange, { headers: new Map() } as never, limit);
  return { body, exchange, bring: (bytes: Uint8Array, last = false) => bring(bytes, last) };
}

async function readAll(body: RequestBody) {
  const parts: Uint8Array[] = [];
  const failure = await (async () => {
    for await (const part of body.stream() as unknown as AsyncIterable<Uint8Array>) parts.push(part);
  })().catch((error: unknown) => error);
  return { bytes: Buffer.concat(parts), failure };
}

const piece = (at: number) => new Uint8Array(512 * 1024).fill(at);

describe("a sender that goes on when it is told to stop", () => {
  it("is hung up on beyond 16 MiB; of an upload all that came before is read, and then that its line broke", async () => {
    const { body, exchange, bring } = lineOf("upload");
    for (let at = 0; at < 32; at++) bring(piece(at));
    expect(exchange.alive).toBe(true);
    bring(piece(32));
    expect(exchange.alive).toBe(false);
    bring(piece(33));
    expect(body.release()).toBe(true);
    const { bytes, failure } = await readAll(body);
    expect(bytes.length).toBe(33 * 512 * 1024);
    for (let at = 0; at <= 32; at++) expect(bytes[at * 512 * 1024]).toBe(at);
    expect(String(failure)).toContain("AbortError");
  });

  it("keeps what is whole, though it leaves before it is read", async () => {
    const { body, exchange, bring } = lineOf("upload");
    bring(piece(1));
    bring(piece(2), true);
    exchange.cut();
    expect(await readAll(body)).toMatchObject({ bytes: { length: MIB }, failure: undefined });
  });

  it("leaves nothing of a form that broke off", async () => {
    const { body, exchange, bring } = lineOf("form");
    bring(piece(1));
    exchange.cut();
    const { bytes, failure } = await readAll(body);
    expect(bytes.length).toBe(0);
    expect(String(failure)).toContain("AbortError");
  });
});
