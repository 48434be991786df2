import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { createGroup } from "~/modules/chats/index.server";
import { makeThumbnail, removeContent, sweepFiles } from "~/modules/files/index.server";
import { forwardMessage, sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { idOf, type Tus, tusOf, withFiles } from "../../support/files/tus";
import { type Customer, connectWhatsapp, makeCustomer, makeWorld, type World } from "../../support/world";

const { folder, url } = withFiles();

let world: World;
let customer: Customer;
let guest: Tus;
let agent: Tus;
let stranger: Tus;
let outsider: Tus;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
async function tokenOf({ orgId }: World, memberId: string): Promise<string> {
  const scopes = ["*"];
  return (await transactAsSystem(SYSTEM, "test", (ctx) => createToken(ctx, { orgId, memberId, name: "test", scopes })))
    .token;
}

beforeAll(async () => {
  world = await makeWorld();
  customer = await makeCustomer(world);
  await customer.writes("hola");
  guest = tusOf(url, bearer(customer.token));
  stranger = tusOf(url, bearer((await makeCustomer(world)).token));
  agent = tusOf(url, bearer(await tokenOf(world, world.memberId(world.admin))));
  const other = await makeWorld();
  outsider = tusOf(url, bearer(await tokenOf(other, other.memberId(other.admin))));
});

const meta = (more: Record<string, string> = {}) => ({ conversation: customer.conversationId, filename: "f", ...more });
const says = (attachments: string[], more: Partial<Parameters<typeof sendMessage>[1]> = {}) =>
  sendMessage(customer.guest, {
    conversationId: customer.conversationId,
    clientId: newId(),
    text: "",
    visibility: "public",
    attachments,
    ...more,
  });
const answers = (attachments: string[], more: Partial<Parameters<typeof sendMessage>[1]> = {}) =>
  sendMessage(world.admin, {
    conversationId: customer.conversationId,
    clientId: newId(),
    text: "",
    visibility: "public",
    attachments,
    ...more,
  });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error) => error.code,
  );
const fileRow = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.file).where(eq(schema.file.id, id))))[0];
const attempt = { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };
const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "teal" } });

describe("a message with files", () => {
  it("carries them in their order, without a word or with one, and once for each key", async () => {
    const ids = [
      await guest.send("uno", meta({ filename: "1.txt" })),
      await guest.send("dos", meta({ filename: "2.txt" })),
    ];
    const clientId = newId();
    const first = await says(ids, { clientId });
    expect(first.row).toMatchObject({ kind: "media", text: "" });
    expect(first.row.attachments).toMatchObject(
      ids.map((id, which) => ({
        id,
        kind: "file",
        name: `${which + 1}.txt`,
        mime: "application/octet-stream",
        size: 3,
        url: `/media/${id}`,
        state: "ready",
        reason: null,
      })),
    );
    const again = await says(ids, { clientId });
    expect([again.dedup, again.row.id]).toEqual([true, first.row.id]);
    expect(await codeOf(says([ids[0]!], { clientId }))).toBe("id_reused");
    expect(await codeOf(says(ids, { clientId, text: "otro" }))).toBe("id_reused");
    expect(await codeOf(says([ids[0]!]))).toBe("attachment_used");
    const answered = await answers([await agent.send("tres", meta())], { text: "acá va" });
    expect(answered.row).toMatchObject({ kind: "media", text: "acá va", delivery: "sent" });
  });

  it("that is passed on has files of its own, which outlive the first ones, and are copied once for each key", async () => {
    const people = [world.agent.accountId];
    const conversation = await createGroup(world.admin, { title: "Fotos", orgId: world.orgId, accountIds: people });
    const picture = await guest.send(await photo(900, 600).png().toBuffer(), meta({ filename: "foto.png" }));
    await makeThumbnail.run({ fileId: picture }, attempt);
    const { row } = await says([picture]);
    const key = newId();
    const pass = async () => (await forwardMessage(world.admin, row.id, [conversation], [key]))[0]?.message;
    const message = await pass();
    expect((await pass())?.id).toBe(message?.id);
    const [copy] = message?.attachments ?? [];
    expect(copy).toMatchObject({ kind: "image", name: "foto.png", state: "ready" });
    expect(copy?.id).not.toBe(picture);
    const { sha256 = "" } = (await fileRow(picture)) ?? {};
    expect(await fileRow(copy?.id ?? "")).toMatchObject({
      sha256,
      conversationId: conversation,
      messageId: message?.id,
    });
    await asSystem("test", (tx) => tx.delete(schema.file).where(eq(schema.file.id, picture)));
    await removeContent.run({ id: picture, sha256 }, attempt);
    for (const size of ["", "?size=thumb"]) expect((await agent.get(copy?.id ?? "", {}, size)).status, size).toBe(200);
    expect((await stranger.get(copy?.id ?? "")).status).toBe(404);
    expect((await guest.get(copy?.id ?? "")).status).toBe(404);
  });

  it("in a group of the organisation is for who takes part", async () => {
    const people = [world.agent.accountId];
    const conversation = await createGroup(world.admin, { title: "Obra", orgId: world.orgId, accountIds: people });
    const id = await agent.send("plano", { conversation, filename: "plano.txt" });
    const { row } = await answers([id], { conversationId: conversation });
    expect(row).toMatchObject({ kind: "media", authorKind: "account", attachments: [{ id, name: "plano.txt" }] });
    const reads = async (actor: typeof world.agent) =>
      (await fetch(`${url()}/media/${id}`, { headers: bearer(await tokenOf(world, world.memberId(actor))) })).status;
    expect([await reads(world.agent), await reads(world.admin), await reads(world.other)]).toEqual([200, 200, 404]);
  });

  it("takes nothing but the sender's own whole files of that conversation (TF7)", async () => {
    const own = await guest.send("mío", meta());
    const half = idOf(await guest.create(10, meta()));
    expect(await codeOf(answers([own]))).toBe("not_found");
    expect(await codeOf(says([half]))).toBe("attachment_pending");
    for (const ids of [[newId()], ["x"], [own, newId()]]) expect(await codeOf(says(ids))).toBe("not_found");
    expect(await codeOf(says([own, own]))).toBe("invalid_request");
    expect(await codeOf(says([]))).toBe("text_empty");
    const second = await makeCustomer(world);
    await second.writes("hola");
    expect(await codeOf(answers([await agent.send("x", meta())], { conversationId: second.conversationId }))).toBe(
      "not_found",
    );
    expect((await fileRow(own))?.messageId).toBe(null);
    const together = await Promise.allSettled([says([own]), says([own])]);
    expect(together.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("does not leave by a channel whose provider would carry it, but may be a note there", async () => {
    const channel = await connectWhatsapp(world, "900100");
    await asSystem("test", (tx) =>
      tx
        .update(schema.conversation)
        .set({ channelId: channel.id })
        .where(eq(schema.conversation.id, customer.conversationId)),
    );
    const file = await agent.send("x", meta());
    expect(await codeOf(answers([file]))).toBe("attachments_unsupported_here");
    expect((await answers([file], { visibility: "staff" })).row.kind).toBe("media");
    const { channelId } = (await customer.writes("hola")) as { channelId: string };
    expect(channelId).toBe(channel.id);
    await asSystem("test", async (tx) => {
      const [web] = await tx.select().from(schema.identity).where(eq(schema.identity.id, customer.guest.identityId));
      await tx
        .update(schema.conversation)
        .set({ channelId: web?.channelId })
        .where(eq(schema.conversation.id, customer.conversationId));
    });
  });
});

describe("a file's address", () => {
  it("opens to who reads the conversation, from the moment it is sent, and to nobody else (TF9)", async () => {
    const id = await guest.send("hola", meta());
    expect([(await guest.get(id)).status, (await agent.get(id)).status]).toEqual([200, 404]);
    await says([id]);
    expect(await (await agent.get(id)).text()).toBe("hola");
    for (const other of [stranger, outsider]) expect((await other.get(id)).status).toBe(404);
    expect((await fetch(`${url()}/media/${id}`)).status).toBe(401);
    for (const forged of [newId(), "x", `${id}x`, "..%2f..%2fsecret.key"])
      expect((await guest.get(forged)).status, forged).toBe(404);
  });

  it("is closed to the customer where it is a note, and to all once it is deleted (TF9)", async () => {
    const note = await agent.send("nota", meta());
    await answers([note], { visibility: "staff" });
    expect([(await agent.get(note)).status, (await guest.get(note)).status]).toEqual([200, 404]);
    const sent = await agent.send("ups", meta());
    const { row } = await answers([sent]);
    expect((await guest.get(sent)).status).toBe(200);
    await takeBack(world.admin, row.id);
    expect([(await agent.get(sent)).status, (await guest.get(sent)).status]).toEqual([404, 404]);
  });

  it("is closed to a member who was removed, whose uploads end too (TF9)", async () => {
    const file = await guest.send("hola", meta());
    await says([file]);
    const memberId = world.memberId(world.agent);
    const bruno = tusOf(url, bearer(await tokenOf(world, memberId)));
    expect((await bruno.get(file)).status).toBe(200);
    const begun = idOf(await bruno.create(10, meta()));
    await asSystem("test", (tx) =>
      tx.update(schema.member).set({ removedAt: new Date() }).where(eq(schema.member.id, memberId)),
    );
    expect((await bruno.get(file)).status).toBe(401);
    expect((await bruno.patch(begun, 0, "x")).status).toBe(401);
  });

  it("gives one range, and the whole where it changed or several are asked (TF8)", async () => {
    const bytes = randomBytes(100_000);
    const id = await guest.send(bytes, meta());
    const whole = await guest.get(id);
    const etag = whole.headers.get("etag") ?? "";
    expect([whole.headers.get("accept-ranges"), whole.headers.get("content-length")]).toEqual(["bytes", "100000"]);
    const part = await guest.get(id, { range: "bytes=10-19" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 10-19/100000"]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const tail = await guest.get(id, { range: "bytes=-5", "if-range": etag });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(bytes.subarray(-5));
    expect((await guest.get(id, { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
    expect((await guest.get(id, { range: `bytes=${"0-1,".repeat(500)}2-3` })).status).toBe(200);
    const beyond = await guest.get(id, { range: "bytes=100000-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */100000"]);
    expect((await guest.get(id, { "if-none-match": etag })).status).toBe(304);
  });

  it("runs nothing, whatever it is called and holds (TF1, TF2)", async () => {
    const hostile = {
      "foto.jpg": "<!doctype html><script>alert(1)</script>",
      "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      "b.png": '<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
      "c.gif": "MZ\u0090\u0000not a picture",
      "d.mp3": "#!/bin/sh\nrm -rf /",
      "e.pdf": "%PDF-1.7 /JavaScript",
    };
    for (const [filename, content] of Object.entries(hostile)) {
      const id = await guest.send(content, meta({ filename, filetype: "image/jpeg" }));
      expect(await fileRow(id)).toMatchObject({ kind: "file", name: filename });
      const { headers } = await guest.get(id);
      expect(headers.get("content-type"), filename).toBe("application/octet-stream");
      expect(headers.get("content-disposition"), filename).toMatch(/^attachment; /);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    }
  });

  it("names it in any script, and leads out of no header (TF3, TE5)", async () => {
    const id = await guest.send("x", meta({ filename: 'año "ñ"\r\nSet-Cookie: a=b 漢.txt' }));
    const header = (await guest.get(id)).headers.get("content-disposition") ?? "";
    expect(header).toMatch(/^attachment; filename="[ -~]+"; filename\*=UTF-8''[\w%.-]+$/);
    expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe("año _ñ_Set-Cookie_ a=b 漢.txt");
  });
});

describe("a picture", () => {
  it("is shown upright and small, without where it was taken; its original stays as it was (TF4)", async () => {
    const gps = { IFD3: { GPSLatitude: "34/1 36/1 12/1", GPSLatitudeRef: "S" } };
    const bytes = await photo(900, 1200).withExif(gps).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const id = await guest.send(bytes, meta({ filename: "foto.jpg" }));
    expect(await fileRow(id)).toMatchObject({ kind: "image", mime: "image/jpeg", width: 1200, height: 900 });
    expect((await guest.get(id, {}, "?size=thumb")).headers.get("content-type")).toBe("image/jpeg");
    await makeThumbnail.run({ fileId: id }, attempt);
    await makeThumbnail.run({ fileId: id }, attempt);
    const small = await guest.get(id, {}, "?size=thumb");
    expect(small.headers.get("content-type")).toBe("image/webp");
    const shown = await sharp(Buffer.from(await small.arrayBuffer())).metadata();
    expect([shown.width, shown.height, shown.exif]).toEqual([640, 480, undefined]);
    expect((await fileRow(id))?.placeholder).toMatch(/^data:image\/webp;base64,/);
    const original = await guest.get(id);
    expect(original.headers.get("content-disposition")).toMatch(/^inline; /);
    expect(Buffer.from(await original.arrayBuffer())).toEqual(bytes);
  });

  it("that would fill the memory, or is none, is a plain file with a reason (TF4)", async () => {
    const flood = await photo(1, 1).png().toBuffer();
    flood.writeUInt32BE(64_000, 16);
    flood.writeUInt32BE(64_000, 20);
    flood.writeUInt32BE(crc32(flood.subarray(12, 29)), 29);
    const bomb = await guest.send(flood, meta({ filename: "bomba.png" }));
    expect(await fileRow(bomb)).toMatchObject({ kind: "file", reason: "picture_too_large" });
    const cut = (await photo(500, 500).jpeg().toBuffer()).subarray(0, 700);
    const torn = await guest.send(cut, meta({ filename: "rota.jpg" }));
    await makeThumbnail.run({ fileId: torn }, attempt);
    expect((await guest.get(torn, {}, "?size=thumb")).status).toBe(200);
  });

  it("is not what its ending says but what it is: sound in a box of pictures, a voice note (TF2)", async () => {
    const wav = Buffer.concat([Buffer.from("RIFF\u0024\u0000\u0000\u0000WAVEfmt "), Buffer.alloc(32)]);
    const id = await guest.send(wav, meta({ filename: "x.exe", voice: "1" }));
    expect(await fileRow(id)).toMatchObject({ kind: "voice", mime: "audio/wav" });
  });
});

describe("the sweep", () => {
  it("lets go of what nobody sent and of what never came, and of nothing else", async () => {
    const sent = await guest.send("enviado", meta());
    await says([sent]);
    const unsent = await guest.send("olvidado", meta());
    const fresh = await guest.send("reciente", meta());
    const half = idOf(await guest.create(10, meta()));
    await guest.patch(half, 0, "mitad");
    const old = new Date(Date.now() - 25 * 3_600_000);
    const { sha256 = "" } = (await fileRow(unsent)) ?? {};
    await asSystem("test", async (tx) => {
      for (const id of [sent, unsent])
        await tx.update(schema.file).set({ createdAt: old }).where(eq(schema.file.id, id));
      await tx.update(schema.upload).set({ expiresAt: old }).where(eq(schema.upload.id, half));
    });
    await sweepFiles();
    expect(await guest.offset(half)).toBe(null);
    expect([await fileRow(unsent), Boolean(await fileRow(sent)), Boolean(await fileRow(fresh))]).toEqual([
      undefined,
      true,
      true,
    ]);
    const lies = join(folder, "files", sha256.slice(0, 2), `${sha256}-${unsent}`);
    expect(readFileSync(lies, "utf8")).toBe("olvidado");
    await removeContent.run({ id: unsent, sha256 }, attempt);
    await removeContent.run({ id: unsent, sha256 }, attempt);
    expect(() => readFileSync(lies)).toThrow(/ENOENT/);
    expect((await guest.get(sent)).status).toBe(200);
  });
});
