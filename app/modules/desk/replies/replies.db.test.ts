import { beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { listAudit } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { MOST_REPLIES, type NewReply } from "./canned-reply";
import { countReplyUse } from "./count-reply-use.server";
import { createReply } from "./create-reply.server";
import { deleteReply } from "./delete-reply.server";
import { listReplies } from "./list-replies.server";
import { updateReply } from "./update-reply.server";

withProduct();

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

const make = (actor: World["agent"], draft: Partial<NewReply> = {}) =>
  createReply(actor, world.orgId, { scope: "member", shortcut: "hola", title: "Saludo", text: "¡Hola!", ...draft });
const seen = async (actor: World["agent"]) => (await listReplies(actor, world.orgId)).map((one) => one.shortcut);

describe("canned replies", () => {
  it("are one's own, an area's or everybody's, and used by those", async () => {
    const areaId = world.areas.support;
    await make(world.admin, { scope: "organisation", shortcut: "todos" });
    await make(world.other, { scope: "area", areaId, shortcut: "soporte" });
    await make(world.other, { shortcut: "mia" });
    expect(await seen(world.other)).toEqual(["mia", "soporte", "todos"]);
    expect(await seen(world.agent)).toEqual(["todos"]);
    expect(await seen(world.admin)).toEqual(["soporte", "todos"]);
    expect(await listReplies(world.other, world.orgId)).toMatchObject([
      { scope: "member", area: null, used: 0, mayEdit: true, title: "Saludo", text: "¡Hola!" },
      { scope: "area", area: { id: areaId, name: "Soporte" }, mayEdit: true },
      { scope: "organisation", mayEdit: false },
    ]);
  });

  it("are made for an area by its people and admins, for everybody by admins (TA11)", async () => {
    const areaId = world.areas.support;
    await expect(make(world.agent, { scope: "organisation" })).rejects.toMatchObject({ status: 403 });
    await expect(make(world.agent, { scope: "area", areaId })).rejects.toMatchObject({ status: 403 });
    await make(world.admin, { scope: "area", areaId });
    for (const unknown of [(await makeWorld()).areas.support, newId(), "x", null])
      await expect(make(world.admin, { scope: "area", areaId: unknown })).rejects.toMatchObject({ status: 404 });
  });

  it("are changed and deleted by whose they are, and by nobody else (TA11)", async () => {
    const own = await make(world.agent);
    const area = await make(world.other, { scope: "area", areaId: world.areas.support });
    const shared = await make(world.admin, { scope: "organisation" });
    const elsewhere = await makeWorld();
    for (const [who, id] of [
      [world.other, own.id],
      [world.admin, own.id],
      [world.agent, area.id],
      [world.agent, shared.id],
      [elsewhere.admin, shared.id],
      [world.admin, newId()],
      [world.admin, "x"],
    ] as const) {
      for (const orgId of [world.orgId, elsewhere.orgId]) {
        await expect(updateReply(who, orgId, id, { title: "x" })).rejects.toThrow("not_found");
        await expect(deleteReply(who, orgId, id)).rejects.toThrow("not_found");
      }
    }
    await expect(countReplyUse(world.agent, world.orgId, area.id)).rejects.toThrow("not_found");
    await expect(countReplyUse(elsewhere.admin, elsewhere.orgId, shared.id)).rejects.toThrow("not_found");

    expect(await updateReply(world.agent, world.orgId, own.id, { title: " Otro ", text: "Chau" })).toMatchObject({
      ...{ shortcut: "hola", title: "Otro", text: "Chau" },
    });
    await updateReply(world.admin, world.orgId, area.id, { shortcut: "de-ana" });
    await updateReply(world.admin, world.orgId, shared.id, { shortcut: "todos" });
    const { shortcut, title, text, scope } = await deleteReply(world.agent, world.orgId, own.id);
    expect(await seen(world.agent)).toEqual(["todos"]);
    await make(world.agent, { shortcut, title, text, scope });
    expect(await seen(world.agent)).toEqual(["hola", "todos"]);
  });

  it("have a shortcut that is unique where they stand, also for two who make it at once", async () => {
    const areaId = world.areas.support;
    const made = await Promise.allSettled([
      make(world.admin, { scope: "area", areaId }),
      make(world.other, { scope: "area", areaId }),
    ]);
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await make(world.other);
    const second = await make(world.other, { shortcut: "chau" });
    await make(world.agent);
    await expect(make(world.other)).rejects.toThrow("shortcut_taken");
    await expect(updateReply(world.other, world.orgId, second.id, { shortcut: "hola" })).rejects.toThrow(
      "shortcut_taken",
    );
    await updateReply(world.other, world.orgId, second.id, { shortcut: "chau" });
  });

  it.each([
    ["shortcut_invalid", { shortcut: "Hola" }],
    ["shortcut_invalid", { shortcut: "dos palabras" }],
    ["shortcut_invalid", { shortcut: "" }],
    ["shortcut_invalid", { shortcut: "x".repeat(41) }],
    ["reply_title_invalid", { title: " \u0000" }],
    ["reply_title_invalid", { title: "x".repeat(101) }],
    ["reply_text_invalid", { text: " " }],
    ["reply_text_invalid", { text: "x".repeat(4_001) }],
  ])("are refused with %s, case %#", async (code, draft) => {
    await expect(make(world.agent, draft)).rejects.toThrow(code);
    const { id } = await make(world.agent);
    await expect(updateReply(world.agent, world.orgId, id, draft)).rejects.toThrow(code);
  });

  it("count how often they are used", async () => {
    const { id } = await make(world.admin, { scope: "organisation" });
    await Promise.all([countReplyUse(world.agent, world.orgId, id), countReplyUse(world.other, world.orgId, id)]);
    expect(await listReplies(world.agent, world.orgId)).toMatchObject([{ id, used: 2 }]);
  });

  it("leave a line in the audit log where they are everybody's, and are made once by one key", async () => {
    const draft = { scope: "organisation", shortcut: "hola", title: "Saludo", text: "¡Hola!" } as const;
    const key = newId();
    const made = await createReply(world.admin, world.orgId, draft, key);
    expect(await createReply(world.admin, world.orgId, draft, key)).toEqual(made);
    await updateReply(world.admin, world.orgId, made.id, { text: "¡Buenas!" });
    await updateReply(world.admin, world.orgId, made.id, { title: "Saludo" });
    await deleteReply(world.admin, world.orgId, made.id);
    const own = await make(world.admin);
    await updateReply(world.admin, world.orgId, own.id, { text: "para mí" });
    const { entries } = await transact(world.admin, { orgId: world.orgId }, (ctx) =>
      listAudit(ctx, { orgId: world.orgId, limit: 20 }),
    );
    const lines = entries.filter(({ action }) => action.startsWith("reply."));
    expect(lines.map(({ action }) => action).sort()).toEqual(["reply.changed", "reply.created", "reply.deleted"]);
    expect(lines.find(({ action }) => action === "reply.changed")).toMatchObject({
      before: { text: "¡Hola!" },
      after: { text: "¡Buenas!" },
    });
  });

  it("go with an area that is no more in use", async () => {
    await make(world.other, { scope: "area", areaId: world.areas.support });
    await asSystem("test", (tx) => tx.update(schema.area).set({ archivedAt: new Date() }));
    expect(await seen(world.other)).toEqual([]);
  });

  it("are no more than so many at one place", async () => {
    const row = { orgId: world.orgId, scope: "organisation", title: "x", text: "x" } as const;
    const rows = Array.from({ length: MOST_REPLIES }, (_, n) => ({ ...row, id: newId(), shortcut: `n${n}` }));
    await asSystem("test", (tx) =>
      tx.insert(schema.cannedReply).values(rows.map((one) => ({ ...one, createdAt: new Date() }))),
    );
    await expect(make(world.admin, { scope: "organisation" })).rejects.toThrow("too_many_replies");
    await make(world.admin);
  });

  it("are read and written by tokens that may (TA12)", async () => {
    const limited = (...scopes: string[]): AccountActor => ({ ...world.agent, token: { id: newId(), scopes } });
    await expect(listReplies(limited("tickets:read"), world.orgId)).rejects.toMatchObject({ status: 403 });
    await expect(make(limited("canned_replies:read"))).rejects.toMatchObject({ status: 403 });
    await make(limited("canned_replies:write"));
    expect(await listReplies(limited("canned_replies:read"), world.orgId)).toHaveLength(1);
  });
});
