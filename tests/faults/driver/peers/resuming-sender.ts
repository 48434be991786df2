import { createCipheriv } from "node:crypto";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { idOf, tusOf } from "../../../support/files/tus-client";

const PIECE = 256 * 1024;
const BLOCK = 16;
const PATIENCE_MS = 600_000;

/** So many bytes from any place of a stream that has no end and is the same for the same seed. */
export function streamOf(seed: number): (from: number, length: number) => Buffer {
  const key = Buffer.alloc(BLOCK, seed % 251);
  return (from, length) => {
    const counter = Buffer.alloc(BLOCK);
    counter.writeBigUInt64BE(BigInt(Math.floor(from / BLOCK)), 8);
    const skip = from % BLOCK;
    return createCipheriv("aes-128-ctr", key, counter)
      .update(Buffer.alloc(skip + length))
      .subarray(skip);
  };
}

export type Part = {
  from: number;
  length: number;
  /** Bytes after which the line is cut; undefined sends all. */
  cutAt?: number;
  /** Whom to send it to; else who is next. */
  host?: string;
};

/** Somebody who uploads one large file by the tus protocol, and goes on from what the server has whatever happens. */
export type ResumingSender = {
  /** Bytes that were given to the network, also twice. */
  sent(): number;
  /** Asks until somebody answers how much there is. */
  offset(): Promise<number>;
  /** Sends a part; true when all of it was acknowledged. */
  send(part: Part, onSent?: (bytes: number) => void): Promise<boolean>;
  /** Reads the whole file back, and tells whether every byte is that which was sent. */
  isEqual(): Promise<boolean>;
};

/** Asks until somebody answers. */
async function insist<T>(ask: () => Promise<T | null>, what: string): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) {
    const found = await ask().catch(() => null);
    if (found !== null) return found;
  }
  throw new Error(`nobody answers: ${what}`);
}

async function openConversation(host: string, handle: string) {
  const opened = await fetch(`${host}/api/v1/public/${handle}/conversations`, { method: "POST" });
  const { data } = (await opened.json()) as { data?: { token: string; conversation_id: string } };
  return data ?? null;
}

/** Begins an upload of `size` bytes of the seed's stream, in a new conversation of the organisation's public chat. */
export async function beginUpload(host: () => string, handle: string, size: number, seed: number) {
  const data = await insist(() => openConversation(host(), handle), "a conversation");
  const sender = { authorization: `Bearer ${data.token}` };
  const tus = tusOf(host, sender);
  const of = { conversation: data.conversation_id, filename: "película.mp4" };
  const id = await insist(async () => idOf(await tus.create(size, of)), "an upload");
  const bytes = streamOf(seed);
  let sent = 0;
  const offset = () => insist(() => tus.offset(id), "how much of the upload there is");
  function send(
    { from, length, cutAt = length, host: whom = host() }: Part,
    onSent = (_: number) => {},
  ): Promise<boolean> {
    const head = { "tus-resumable": "1.0.0", "upload-offset": from, "content-type": "application/offset+octet-stream" };
    return new Promise((done) => {
      const headers = { ...sender, ...head, "content-length": length };
      const asked = request(`${whom}/uploads/${id}`, { method: "PATCH", headers, agent: false }, (answer) => {
        answer.resume();
        answer.on("close", () => done(answer.statusCode === 204));
      });
      asked.on("error", () => done(false));
      asked.on("close", () => setImmediate(done, false));
      let at = 0;
      const feed = () => {
        while (at < cutAt && !asked.destroyed) {
          const piece = bytes(from + at, Math.min(PIECE, cutAt - at));
          at += piece.length;
          sent += piece.length;
          onSent(at);
          if (!asked.write(piece)) return void asked.once("drain", feed);
        }
        if (cutAt < length) asked.destroy();
        else asked.end();
      };
      feed();
    });
  }
  async function isEqual(): Promise<boolean> {
    const got = await tus.get(id);
    let at = 0;
    for await (const part of got.body as unknown as AsyncIterable<Uint8Array>) {
      if (!bytes(at, part.length).equals(part)) return false;
      at += part.length;
    }
    return got.status === 200 && at === size;
  }
  return { sent: () => sent, offset, send, isEqual } satisfies ResumingSender;
}
