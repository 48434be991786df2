import { type AddressInfo, connect, createServer } from "node:net";
import { crc32, deflateRawSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { makeThumbnail } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { collectAll } from "../../../app/runtime/give-back-memory.server";
import { type Tus, tusOf, withFiles } from "../../support/files/tus";
import { idOf } from "../../support/files/tus-client";
import { makeCustomer, makeWorld } from "../../support/world";

const { url } = withFiles();

let sender: { authorization: string };
let guest: Tus;
let conversation = "";
beforeAll(async () => {
  const customer = await makeCustomer(await makeWorld());
  await customer.writes("hola");
  conversation = customer.conversationId;
  sender = { authorization: `Bearer ${customer.token}` };
  guest = tusOf(url, sender);
});

const rowOf = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id))))[0];
const attempt = { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };

/** A GIF of so many frames of one pixel each, which all stand for the whole of it. */
function gif(side: number, frames: number): Buffer {
  const head = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  head.writeUInt16LE(side, 6);
  head.writeUInt16LE(side, 8);
  const frame = Buffer.from("\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0", "latin1");
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from(";")]);
}

/** A zip of one entry, written by hand. */
function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), fields, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** The most that the process grew, in MB, while it worked. */
async function grownDuring(work: () => Promise<void>): Promise<number> {
  collectAll();
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 5);
  await work().finally(() => clearInterval(watch));
  return most / 1e6;
}

describe("what would fill the memory once it is opened", () => {
  it("is a plain file where it is a picture of too many frames, and its first frame alone where they are few (TF4)", async () => {
    const grown = await grownDuring(async () => {
      const id = await guest.send(gif(1_200, 20_000), { conversation, filename: "baile.gif" });
      expect(await rowOf(id)).toMatchObject({ kind: "file", reason: "picture_too_large" });
      expect((await guest.get(id)).headers.get("content-disposition")).toMatch(/^attachment; /);
    });
    expect(grown).toBeLessThan(150);
    const few = await guest.send(gif(200, 3), { conversation, filename: "baile.gif" });
    expect(await rowOf(few)).toMatchObject({ kind: "image", mime: "image/gif", width: 200 });
    await makeThumbnail.run({ fileId: few }, attempt);
    expect((await guest.get(few, {}, "?size=thumb")).headers.get("content-type")).toBe("image/webp");
  });

  it.each([
    ["bomba.zip", "0.dll"],
    ["informe.docx", "[Content_Types].xml"],
  ])("stays packed: %s is kept as it came, and nothing of it is opened (TF5)", async (filename, entry) => {
    const bomb = zip(entry, Buffer.alloc(120_000_000));
    expect(bomb.length).toBeLessThan(200_000);
    const grown = await grownDuring(async () => {
      const id = await guest.send(bomb, { conversation, filename });
      expect(await rowOf(id)).toMatchObject({ kind: "file", size: bomb.length, width: null });
      const got = await guest.get(id);
      expect(got.headers.get("content-type")).toBe("application/octet-stream");
      expect(got.headers.get("content-encoding")).toBe(null);
      expect(Buffer.from(await got.arrayBuffer()).equals(bomb)).toBe(true);
    });
    expect(grown).toBeLessThan(100);
  });
});

/** A line on which so many bytes a second go up. */
async function slowLine(target: number, perSecond: number) {
  const TICK_MS = 100;
  const server = createServer((client) => {
    const far = connect(target, "127.0.0.1");
    let waiting = Buffer.alloc(0);
    const timer = setInterval(() => {
      far.write(waiting.subarray(0, (perSecond * TICK_MS) / 1000));
      waiting = waiting.subarray((perSecond * TICK_MS) / 1000);
    }, TICK_MS);
    client.on("data", (chunk: Buffer) => (waiting = Buffer.concat([waiting, chunk])));
    far.pipe(client);
    for (const socket of [client, far])
      socket
        .on("error", () => {})
        .on("close", () => {
          clearInterval(timer);
          client.destroy();
          far.destroy();
        });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

it("a line that takes 8 KB a second up carries a file in small parts, none of which is broken off (F31)", async () => {
  const line = await slowLine(Number(new URL(url()).port), 8_000);
  const slow = tusOf(() => line.url, sender);
  const bytes = Buffer.alloc(40_000, "á");
  const id = idOf(await slow.create(bytes.length, { conversation, filename: "f" }));
  for (let at = 0; at < bytes.length; at += 16_384)
    expect((await slow.patch(id, at, bytes.subarray(at, at + 16_384))).status).toBe(204);
  line.close();
  expect(await rowOf(id)).toMatchObject({ size: 40_000 });
  expect(Buffer.from(await (await guest.get(id)).arrayBuffer()).equals(bytes)).toBe(true);
});
