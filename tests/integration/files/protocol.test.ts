import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { idOf, type Tus, tusOf, withFiles } from "../../support/files/tus";
import { makeCustomer, makeWorld } from "../../support/world";

const { folder, url } = withFiles();

let guest: Tus;
let meta: Record<string, string>;
beforeAll(async () => {
  const customer = await makeCustomer(await makeWorld());
  await customer.writes("hola");
  guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
  meta = { conversation: customer.conversationId, filename: "f" };
});

const sumOf = (algorithm: string, bytes: string | Buffer) => ({
  "upload-checksum": `${algorithm} ${createHash(algorithm).update(bytes).digest("base64")}`,
});

describe("the tus protocol", () => {
  it("tells by OPTIONS what it knows", async () => {
    const { status, headers } = await guest.ask("OPTIONS", "");
    expect(status).toBe(204);
    expect(headers.get("tus-version")).toBe("1.0.0");
    const extensions = ["creation", "creation-with-upload", "creation-defer-length", "termination", "expiration"];
    expect(headers.get("tus-extension")?.split(",")).toEqual([...extensions, "checksum"]);
    expect(headers.get("tus-checksum-algorithm")).toBe("sha256,sha1,md5");
  });

  it("says when an upload expires, at its beginning and with each part", async () => {
    const created = await guest.create(10, meta);
    const part = await guest.patch(idOf(created), 0, "hola");
    for (const { headers } of [created, part]) {
      const hours = (Date.parse(headers.get("upload-expires") ?? "") - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(23);
      expect(hours).toBeLessThanOrEqual(24);
    }
  });
});

describe("a part with a checksum (F43)", () => {
  it("counts where its bytes are those that were meant", async () => {
    const bytes = randomBytes(300_000);
    const id = idOf(await guest.create(bytes.length, meta));
    for (const [at, algorithm] of ["sha1", "sha256", "md5"].entries()) {
      const part = bytes.subarray(at * 100_000, (at + 1) * 100_000);
      expect((await guest.patch(id, at * 100_000, part, sumOf(algorithm, part))).status, algorithm).toBe(204);
    }
    const got = await guest.get(id);
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("is refused with 460 where they are not, and nothing of it counts", async () => {
    const id = idOf(await guest.create(10, meta));
    expect((await guest.patch(id, 0, "hello")).status).toBe(204);
    const refused = await guest.patch(id, 5, "w0rld", sumOf("sha1", "world"));
    expect([refused.status, await refused.json()]).toEqual([460, { code: "checksum_mismatch" }]);
    expect(await guest.offset(id)).toBe(5);
    expect((await guest.patch(id, 5, "wor", sumOf("sha1", "wor"))).status).toBe(204);
    expect((await guest.patch(id, 8, "ld")).status).toBe(204);
    expect(await (await guest.get(id)).text()).toBe("helloworld");
  });

  it("that broke off is not counted, however much of it came", async () => {
    const bytes = randomBytes(100_000);
    const id = idOf(await guest.create(bytes.length, meta));
    const hangs = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(bytes.subarray(0, 60_000))) });
    const first = guest.patch(id, 0, hangs, sumOf("sha256", bytes)).then(({ status }) => status);
    const lies = () => readFileSync(join(folder, "uploads", `${id}.part`)).length;
    await expect.poll(() => lies().valueOf(), { timeout: 10_000 }).toBe(60_000);
    expect(await guest.offset(id)).toBe(0);
    expect(await first).toBe(460);
    expect((await guest.patch(id, 0, bytes, sumOf("sha256", bytes))).status).toBe(204);
  });

  it("of the last part keeps a whole file from being made of what is torn", async () => {
    const id = idOf(await guest.create(5, meta));
    expect((await guest.patch(id, 0, "hallo", sumOf("md5", "hello"))).status).toBe(460);
    expect(await guest.offset(id)).toBe(0);
    expect((await guest.get(id)).status).toBe(404);
    const rows = await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id)));
    expect(rows).toEqual([]);
  });

  it("may come with the first part, and must be one that is known", async () => {
    const head = { "upload-length": "5", "content-type": "application/offset+octet-stream" };
    const metadata = `conversation ${Buffer.from(meta.conversation ?? "").toString("base64")}`;
    const begin = (sum: Record<string, string>) =>
      guest.ask("POST", "", { ...head, "upload-metadata": metadata, ...sum }, "hello");
    expect((await begin(sumOf("sha1", "hello"))).status).toBe(201);
    expect((await begin(sumOf("sha1", "hallo"))).status).toBe(460);
    const id = idOf(await guest.create(5, meta));
    for (const sum of ["crc32 AAAA", "sha1", "sha1 AAAA", "sha1 ***"]) {
      const refused = await guest.patch(id, 0, "hello", { "upload-checksum": sum });
      expect([refused.status, await refused.json()], sum).toEqual([400, { code: "checksum_unsupported" }]);
    }
    expect(await guest.offset(id)).toBe(0);
  });
});
