import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { createGroup, openDirectChat } from "~/modules/chats/index.server";
import { getFileUse, setFileQuota, sweepFiles } from "~/modules/files/index.server";
import { forwardMessage, sendMessage } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { idOf, type Tus, tusOf, withFiles } from "../../support/files/tus";
import { type Customer, makeCustomer, makeWorld, type World } from "../../support/world";

const { url } = withFiles();

let world: World;
let customer: Customer;
let guest: Tus;
let agent: Tus;

beforeEach(async () => {
  world = await makeWorld();
  customer = await makeCustomer(world);
  await customer.writes("hola");
  guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "test", scopes: ["*"] }),
  );
  agent = tusOf(url, { authorization: `Bearer ${made.token}` });
});

const allow = (bytes: number | null) =>
  transactAsSystem(SYSTEM, "test", (ctx) => setFileQuota(ctx, { orgId: world.orgId, bytes }));
const used = async () => (await transactAsSystem(SYSTEM, "test", (ctx) => getFileUse(ctx, world.orgId))).used;
const meta = () => ({ conversation: customer.conversationId, filename: "f" });
const says = (attachments: string[]) => {
  const { conversationId } = customer;
  return sendMessage(customer.guest, {
    conversationId,
    clientId: newId(),
    text: "",
    visibility: "public",
    attachments,
  });
};

describe("an organisation's quota (TF6)", () => {
  it("is none by itself, and counts what is whole and what was begun, of customers and members alike", async () => {
    await guest.send("x".repeat(100), meta());
    await allow(1_000);
    await agent.create(700, meta());
    expect(await used()).toBe(800);
    expect((await guest.create(200, meta())).status).toBe(201);
    expect((await agent.create(1, meta())).status).toBe(413);
    await allow(null);
    expect((await agent.create(5_000, meta())).status).toBe(201);
  });

  it("is refused with its code, and with figures for members alone", async () => {
    await allow(100);
    await guest.send("x".repeat(60), meta());
    const refused = await agent.create(41, meta());
    expect([refused.status, await refused.json()]).toEqual([
      413,
      { code: "file_quota_exceeded", data: { used: 60, allowed: 100 } },
    ]);
    expect(await (await guest.create(41, meta())).json()).toEqual({ code: "file_quota_exceeded" });
    expect((await guest.create(40, meta())).status).toBe(201);
  });

  it("lets no two pass together", async () => {
    await allow(1_000);
    const both = [guest, agent, guest, agent, guest, agent];
    const statuses = (await Promise.all(both.map((one) => one.create(300, meta())))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 201, 201, 413, 413, 413]);
    expect(await used()).toBe(900);
  });

  it("is freed by what is taken back, and by what the sweep lets go", async () => {
    await allow(100);
    const begun = idOf(await guest.create(100, meta()));
    expect((await guest.create(1, meta())).status).toBe(413);
    expect((await guest.ask("DELETE", begun)).status).toBe(204);
    const unsent = await guest.send("x".repeat(100), meta());
    expect((await guest.create(1, meta())).status).toBe(413);
    const old = new Date(Date.now() - 25 * 3_600_000);
    await asSystem("test", (tx) => tx.update(schema.file).set({ createdAt: old }).where(eq(schema.file.id, unsent)));
    await sweepFiles();
    expect(await used()).toBe(0);
    expect((await guest.create(100, meta())).status).toBe(201);
  });

  it("holds an upload that does not know its length, as it grows and when it does", async () => {
    await allow(100);
    const id = idOf(await guest.create(null, meta()));
    expect((await guest.patch(id, 0, "x".repeat(60))).status).toBe(204);
    expect((await guest.patch(id, 60, "x".repeat(41))).status).toBe(413);
    expect(await guest.offset(id)).toBe(60);
    expect((await guest.patch(id, 60, "", { "upload-length": "101" })).status).toBe(413);
    expect((await guest.patch(id, 60, "x".repeat(40), { "upload-length": "100" })).status).toBe(204);
    expect(await used()).toBe(100);
  });

  it("is that of the conversation: copies into it count, chats of nobody's organisation do not", async () => {
    const { row } = await says([await guest.send("x".repeat(60), meta())]);
    await allow(100);
    const people = [world.agent.accountId];
    const group = await createGroup(world.admin, { title: "Obra", orgId: world.orgId, accountIds: people });
    expect((await forwardMessage(world.admin, row.id, [group], [newId()]))[0]).toMatchObject({
      message: null,
      code: "file_quota_exceeded",
    });
    expect(await used()).toBe(60);
    const direct = await openDirectChat(world.admin, world.agent.accountId);
    expect((await forwardMessage(world.admin, row.id, [direct], [newId()]))[0]?.code).toBe(null);
    await allow(120);
    const key = newId();
    for (let n = 0; n < 2; n++)
      expect((await forwardMessage(world.admin, row.id, [group], [key]))[0]).toMatchObject({ code: null });
    expect(await used()).toBe(120);
  });

  it("lowered below what is there takes nothing away, and lets what was begun end", async () => {
    const id = idOf(await guest.create(10, meta()));
    const whole = await guest.send("x".repeat(50), meta());
    await allow(20);
    expect((await guest.patch(id, 0, "x".repeat(10))).status).toBe(204);
    expect((await says([whole, id])).row.attachments).toHaveLength(2);
    expect((await guest.create(0, meta())).status).toBe(413);
  });

  it("counts as a recount does, whatever was begun, went on, ended and was given up at once", async () => {
    await allow(100_000);
    const deed = async (n: number) => {
      const size = n % 4 === 3 ? null : 10 * n;
      const id = idOf(await (n % 2 ? guest : agent).create(size, meta()));
      const one = n % 2 ? guest : agent;
      if (n % 4 > 0) await one.patch(id, 0, "x".repeat(10 * (n % 4)));
      if (n % 5 === 0) await one.ask("DELETE", id);
      if (n % 4 === 0) await one.patch(id, 0, "x".repeat(10 * n)).catch(() => null);
    };
    await Promise.all(Array.from({ length: 24 }, (_, n) => deed(n + 1)));
    const [file, upload] = await asSystem("test", async (tx) => [
      await tx.select().from(schema.file).where(eq(schema.file.orgId, world.orgId)),
      await tx.select().from(schema.upload).where(eq(schema.upload.orgId, world.orgId)),
    ]);
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
    expect([file?.length, upload?.length]).not.toContain(0);
    const counted = sum((file as { size: number }[]).map(({ size }) => size));
    const coming = (upload as { size: number | null; received: number }[]).map(
      ({ size, received }) => size ?? received,
    );
    expect(await used()).toBe(counted + sum(coming));
    await asSystem("test", async (tx) => {
      await tx.delete(schema.upload).where(eq(schema.upload.orgId, world.orgId));
      await tx.delete(schema.file).where(eq(schema.file.orgId, world.orgId));
    });
    expect(await used()).toBe(0);
  });

  it("is set by nobody but who runs the installation, to whole bytes, and told to admins", async () => {
    const { orgId } = world;
    const sets = (actor: Actor) => transactAsSystem(actor, "test", (ctx) => setFileQuota(ctx, { orgId, bytes: 1 }));
    const reads = (actor: Actor) => transactAsSystem(actor, "test", (ctx) => getFileUse(ctx, orgId));
    for (const actor of [world.admin, world.agent]) await expect(sets(actor)).rejects.toMatchObject({ status: 403 });
    for (const bytes of [-1, 1.5, Number.NaN, 2 ** 60])
      await expect(allow(bytes)).rejects.toMatchObject({ code: "invalid_request" });
    const nowhere = { orgId: newId(), bytes: 1 };
    await expect(transactAsSystem(SYSTEM, "test", (ctx) => setFileQuota(ctx, nowhere))).rejects.toMatchObject({
      status: 404,
    });
    expect(await reads(world.admin)).toEqual({ quota: null, used: 0 });
    const stranger = (await makeWorld()).admin;
    for (const actor of [world.agent, stranger]) await expect(reads(actor)).rejects.toMatchObject({ status: 403 });
  });
});
