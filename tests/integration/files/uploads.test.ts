import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { idOf, type Tus, tusOf, withFiles } from "../../support/files/tus";
import { until } from "../../support/raw-http";
import { type Customer, makeCustomer, makeWorld, type World } from "../../support/world";

const { folder, url } = withFiles();

let world: World;
let customer: Customer;
let guest: Tus;
let stranger: Tus;
let agent: Tus;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function tokenOf(memberId: string): Promise<string> {
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId, name: "test", scopes: ["*"] }),
  );
  return made.token;
}

beforeAll(async () => {
  world = await makeWorld();
  customer = await makeCustomer(world);
  await customer.writes("hola");
  guest = tusOf(url, bearer(customer.token));
  stranger = tusOf(url, bearer((await makeCustomer(world)).token));
  agent = tusOf(url, bearer(await tokenOf(world.memberId(world.admin))));
});

const meta = (more: Record<string, string> = {}) => ({ conversation: customer.conversationId, filename: "f", ...more });
const fileRow = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id))))[0];

/** Sends a part of a body whose end never comes, and cuts the line. */
async function sendAndCut(id: string, offset: number, bytes: Buffer, announced: number): Promise<void> {
  const sent = httpRequest(`${url()}/uploads/${id}`, {
    method: "PATCH",
    headers: {
      ...bearer(customer.token),
      "tus-resumable": "1.0.0",
      "upload-offset": String(offset),
      "content-type": "application/offset+octet-stream",
      "content-length": String(announced),
    },
  });
  sent.on("error", () => {});
  await new Promise<void>((done) => sent.write(bytes, () => done()));
  // Whoever asks for the offset takes the upload over: what was not written by then would be sent once more.
  const part = join(folder, "uploads", `${id}.part`);
  await until(() => existsSync(part) && statSync(part).size === offset + bytes.length, "all that was sent");
  sent.destroy();
}

describe("an upload", () => {
  it("becomes a file of the same bytes, known by its content", async () => {
    const bytes = randomBytes(3_000_000);
    const created = await guest.create(bytes.length, meta({ filename: "datos.bin" }));
    expect(created.status).toBe(201);
    expect(created.headers.get("upload-expires")).toMatch(/GMT$/);
    const id = idOf(created);
    for (let at = 0; at < bytes.length; at += 1_000_000) {
      const part = await guest.patch(id, at, bytes.subarray(at, at + 1_000_000));
      expect(part.status).toBe(204);
      expect(await guest.offset(id)).toBe(at + 1_000_000);
    }
    const row = await fileRow(id);
    expect(row).toMatchObject({ sha256: sha256(bytes), size: bytes.length, kind: "file", name: "datos.bin" });
    const lies = join(folder, "files", sha256(bytes).slice(0, 2), `${sha256(bytes)}-${id}`);
    expect(sha256(readFileSync(lies))).toBe(sha256(bytes));
    expect(readdirSync(join(folder, "uploads"))).not.toContain(`${id}.part`);
  });

  it("may begin with its first part, know its length last, and be empty", async () => {
    const head = { "upload-length": "5", "content-type": "application/offset+octet-stream" };
    const metadata = `conversation ${Buffer.from(customer.conversationId).toString("base64")},filename Zg==`;
    const whole = await guest.ask("POST", "", { ...head, "upload-metadata": metadata }, "hello");
    expect([whole.status, whole.headers.get("upload-offset")]).toEqual([201, "5"]);
    expect(await fileRow(idOf(whole))).toMatchObject({ size: 5 });

    const later = idOf(await guest.create(null, meta()));
    expect((await guest.patch(later, 0, "hello")).status).toBe(204);
    expect(await fileRow(later)).toBeUndefined();
    expect((await guest.patch(later, 5, "", { "upload-length": "5" })).status).toBe(204);
    expect(await fileRow(later)).toMatchObject({ size: 5, sha256: sha256(Buffer.from("hello")) });

    const empty = await guest.create(0, meta());
    expect(await fileRow(idOf(empty))).toMatchObject({ size: 0, sha256: sha256(Buffer.alloc(0)) });
  });

  it("goes on from where its line was cut, at any byte (F28)", async () => {
    const bytes = randomBytes(700_000);
    const id = idOf(await guest.create(bytes.length, meta()));
    await sendAndCut(id, 0, bytes.subarray(0, 312_345), bytes.length);
    await expect.poll(() => guest.offset(id)).toBe(312_345);
    await sendAndCut(id, 312_345, bytes.subarray(312_345, 500_001), bytes.length - 312_345);
    await expect.poll(() => guest.offset(id)).toBe(500_001);
    expect((await guest.patch(id, 500_001, bytes.subarray(500_001))).status).toBe(204);
    expect((await fileRow(id))?.sha256).toBe(sha256(bytes));
  });

  it("takes its line over from one that hangs, and keeps what that one brought (F28)", async () => {
    const bytes = randomBytes(200_000);
    const id = idOf(await guest.create(bytes.length, meta()));
    const hanging = new AbortController();
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(bytes.subarray(0, 100_000))) });
    const head = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    const init = { method: "PATCH", body, duplex: "half", signal: hanging.signal } as RequestInit;
    const headers = { ...bearer(customer.token), "tus-resumable": "1.0.0", ...head };
    const first = fetch(`${url()}/uploads/${id}`, { ...init, headers }).catch(() => null);
    await until(() => readdirSync(join(folder, "uploads")).includes(`${id}.part`), "the first bytes");
    const offset = await guest.offset(id);
    expect(offset).toBe(100_000);
    expect((await guest.patch(id, 100_000, bytes.subarray(100_000))).status).toBe(204);
    expect((await fileRow(id))?.sha256).toBe(sha256(bytes));
    hanging.abort();
    await first;
  });

  it("whose file lost its end is continued from there, and never passed off as whole (F43)", async () => {
    const bytes = randomBytes(50_000);
    const id = idOf(await guest.create(bytes.length, meta()));
    await guest.patch(id, 0, bytes.subarray(0, 40_000));
    truncateSync(join(folder, "uploads", `${id}.part`), 12_345);
    expect(await guest.offset(id)).toBe(12_345);
    expect((await guest.patch(id, 40_000, bytes.subarray(40_000))).status).toBe(409);
    expect((await guest.patch(id, 12_345, bytes.subarray(12_345))).status).toBe(204);
    expect((await fileRow(id))?.sha256).toBe(sha256(bytes));
  });

  it("that was whole when its process died becomes a file at the next question (F28)", async () => {
    const id = idOf(await guest.create(5, meta()));
    await guest.patch(id, 0, "hell");
    // As after a kill between the last byte's number and the file.
    appendFileSync(join(folder, "uploads", `${id}.part`), "o");
    await asSystem("test", (tx) => tx.update(schema.upload).set({ received: 5 }).where(eq(schema.upload.id, id)));
    expect(await guest.offset(id)).toBe(5);
    expect(await fileRow(id)).toMatchObject({ size: 5, sha256: sha256(Buffer.from("hello")) });
    expect(await guest.offset(id)).toBe(5);
  });

  it("and another at once do not mix", async () => {
    const two = [randomBytes(400_000), randomBytes(400_000)];
    const ids = await Promise.all(two.map(async (bytes) => idOf(await guest.create(bytes.length, meta()))));
    for (const [from, to] of [
      [0, 150_000],
      [150_000, 400_000],
    ] as const) {
      await Promise.all(two.map((bytes, which) => guest.patch(ids[which]!, from, bytes.subarray(from, to))));
    }
    for (const [which, bytes] of two.entries()) expect((await fileRow(ids[which]!))?.sha256).toBe(sha256(bytes));
  });

  it("can be taken back, and is gone then; a whole one cannot", async () => {
    const id = idOf(await guest.create(10, meta()));
    await guest.patch(id, 0, "half");
    expect((await guest.ask("DELETE", id)).status).toBe(204);
    expect(await guest.offset(id)).toBe(null);
    expect(readdirSync(join(folder, "uploads"))).not.toContain(`${id}.part`);
    const whole = await guest.send("whole", meta());
    expect((await guest.ask("DELETE", whole)).status).toBe(409);
    expect(await fileRow(whole)).toBeDefined();
  });

  it("is refused what cannot be: a wrong offset, more than it said, impossible lengths (TF6)", async () => {
    const id = idOf(await guest.create(10, meta()));
    expect((await guest.patch(id, 3, "x")).status).toBe(409);
    expect((await guest.patch(id, 0, "x".repeat(11))).status).toBe(413);
    const parallel = await Promise.all(["aaaaa", "bbbbb"].map((body) => guest.patch(id, 0, body)));
    expect(parallel.map(({ status }) => status).sort()).toEqual([204, 409]);
    for (const length of ["-1", "1e3", "9999999999999999999999", "x", "1.5"]) {
      const answer = await guest.ask("POST", "", {
        "upload-length": length,
        "upload-metadata": `conversation ${Buffer.from(customer.conversationId).toString("base64")}`,
      });
      expect(answer.status, length).toBeGreaterThanOrEqual(400);
      expect(answer.status, length).toBeLessThan(500);
    }
    expect((await guest.create(9_007_199_254_740_991, meta())).status).toBe(201);
  });

  it("of somebody else is nowhere, whatever is asked of it (TF7)", async () => {
    const id = idOf(await guest.create(10, meta()));
    const whole = await guest.send("whole", meta());
    for (const other of [stranger, agent]) {
      for (const one of [id, whole, newId(), "x", "..%2f..%2fetc"]) {
        expect(await other.offset(one), one).toBe(null);
        expect((await other.patch(one, 0, "x")).status, one).toBe(404);
        expect((await other.ask("DELETE", one)).status, one).toBe(404);
      }
      expect((await other.get(whole)).status).toBe(404);
    }
    expect(await guest.offset(id)).toBe(0);
  });

  it("needs somebody, who may write to the conversation (TF7)", async () => {
    for (const sender of [{ cookie: "" }, bearer("gza_x"), bearer("gzg_x"), { authorization: "Basic YTpi" }]) {
      const nobody = tusOf(url, sender);
      expect((await nobody.create(1, meta())).status).toBe(401);
      expect((await nobody.ask("HEAD", newId())).status).toBe(401);
    }
    expect((await stranger.create(1, meta())).status).toBe(404);
    expect((await guest.create(1, meta({ conversation: newId() }))).status).toBe(404);
    expect((await guest.create(1, meta({ conversation: "x" }))).status).toBe(404);
    const foreign = await makeWorld();
    const elsewhere = await makeCustomer(foreign);
    expect((await agent.create(1, meta({ conversation: elsewhere.conversationId }))).status).toBe(404);
  });

  it("keeps of a name what is harmless (TF3)", async () => {
    const names = { "../../etc/passwd": "passwd", "a\u0000b\u202Egpj.exe": "abgpj.exe", "": "file" };
    for (const [given, kept] of Object.entries(names)) {
      const id = await guest.send("x", meta({ filename: given }));
      expect((await fileRow(id))?.name).toBe(kept);
    }
  });
});
