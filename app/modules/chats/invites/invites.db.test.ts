import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { getThread } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { withoutLimits } from "../../../../tests/support/no-limits";
import { makeAccount, makeWorld, withProduct } from "../../../../tests/support/world";
import {
  addToGroup,
  answerJoinRequest,
  blockAccount,
  createGroup,
  createGroupInvite,
  getChat,
  joinByInvite,
  leaveGroup,
  leaveOrganisationGroups,
  listChats,
  listGroupInvites,
  listJoinRequests,
  removeFromGroup,
  revokeGroupInvite,
  setGroupRole,
  viewGroupInvite,
} from "../index.server";

withProduct();
withoutLimits();

const ADDRESS = "192.0.2.1";
const DEAD = { status: 404, code: "not_found" };

const group = (owner: AccountActor) => createGroup(owner, { title: "Asado", accountIds: [] });
async function secretInto(maker: AccountActor, id: string, more: { days?: number | null; asks?: boolean } = {}) {
  const { link } = await createGroupInvite(maker, id, { days: 7, asks: false, ...more });
  return link.split("/join/")[1] ?? "";
}
const joins = (actor: AccountActor, secret: string) => joinByInvite(actor, secret, ADDRESS);
const people = async (actor: AccountActor, id: string) => (await getChat(actor, id)).people.map(({ name }) => name);
const notices = async (actor: AccountActor, id: string) =>
  (await getThread(actor, id)).messages.flatMap(({ notice }) => (notice ? [`${notice.what} ${notice.by}`] : []));
const passes = (id: string) =>
  asSystem("test", (tx) =>
    tx
      .update(schema.chatInvite)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(schema.chatInvite.conversationId, id)),
  );

async function four() {
  const names = ["Ana", "Beto", "Caro", "Eva"];
  return (await Promise.all(names.map(makeAccount))) as [AccountActor, AccountActor, AccountActor, AccountActor];
}

describe("a link into a group (TC9)", () => {
  it("shows the group to who has it, and lets strangers in, once however often they come", async () => {
    const [ana, beto, caro] = await four();
    const id = await group(ana);
    const secret = await secretInto(ana, id);
    expect(await viewGroupInvite(beto, secret, ADDRESS)).toEqual({
      ...{ conversationId: id, title: "Asado", pictureId: null, peopleCount: 1, standing: "open" },
    });
    const came = await Promise.all([joins(beto, secret), joins(beto, secret), joins(caro, secret)]);
    expect(came).toEqual(Array(3).fill({ conversationId: id, state: "joined" }));
    expect(await joins(beto, secret)).toEqual({ conversationId: id, state: "joined" });
    expect((await people(beto, id)).sort()).toEqual(["Ana", "Beto", "Caro"]);
    expect((await notices(caro, id)).sort()).toEqual(["created Ana", "joined Beto", "joined Caro"]);
    expect(await viewGroupInvite(beto, secret, ADDRESS)).toMatchObject({ standing: "inside", peopleCount: 3 });
    expect(await listChats(beto)).toMatchObject([{ id, title: "Asado" }]);
  });

  it("is kept as a hash, and told once", async () => {
    const [ana] = await four();
    const id = await group(ana);
    const secret = await secretInto(ana, id, { days: null, asks: true });
    const rows = await asSystem("test", (tx) => tx.select().from(schema.chatInvite));
    expect(JSON.stringify(rows)).not.toContain(secret);
    const [listed] = await listGroupInvites(ana, id);
    expect(listed).toMatchObject({ madeBy: "Ana", asks: true, expiresAt: null });
    expect(JSON.stringify(listed)).not.toContain(secret);
  });

  it("that is unknown, over, taken back or of who may invite no more is the same to everybody", async () => {
    const [ana, beto, caro, eva] = await four();
    const id = await group(ana);
    const refused = async (secret: string) => {
      await expect(viewGroupInvite(eva, secret, ADDRESS)).rejects.toMatchObject(DEAD);
      await expect(joins(eva, secret)).rejects.toMatchObject(DEAD);
    };
    for (const nobodys of ["", "x", "a".repeat(43), "%", `${"a".repeat(42)}'`]) await refused(nobodys);
    const over = await secretInto(ana, id, { days: 1 });
    await passes(id);
    await refused(over);
    const taken = await secretInto(ana, id);
    const [{ id: inviteId = "" } = {}] = await listGroupInvites(ana, id);
    await revokeGroupInvite(ana, id, inviteId);
    await refused(taken);
    await expect(revokeGroupInvite(ana, id, inviteId)).rejects.toMatchObject({ status: 404 });
    await joins(beto, await secretInto(ana, id));
    await joins(caro, await secretInto(ana, id));
    for (const admin of [beto, caro]) await setGroupRole(ana, id, admin.accountId, "admin");
    const [betos, caros] = [await secretInto(beto, id), await secretInto(caro, id)];
    await setGroupRole(ana, id, beto.accountId, "member");
    await refused(betos);
    await removeFromGroup(ana, id, caro.accountId);
    await refused(caros);
    expect(await people(ana, id)).toEqual(["Ana", "Beto"]);
    expect((await listGroupInvites(ana, id)).every(({ madeBy }) => madeBy === "Ana")).toBe(true);
  });

  it("is no way around a block between its maker and who has it", async () => {
    const [ana, beto, caro] = await four();
    const secret = await secretInto(ana, await group(ana));
    await blockAccount(ana, beto.accountId, true);
    await blockAccount(caro, ana.accountId, true);
    for (const one of [beto, caro]) {
      await expect(viewGroupInvite(one, secret, ADDRESS)).rejects.toMatchObject(DEAD);
      await expect(joins(one, secret)).rejects.toMatchObject(DEAD);
    }
  });

  it("is no way back for who was put out, unless it asks; who left comes back", async () => {
    const [ana, beto, caro] = await four();
    const id = await group(ana);
    const secret = await secretInto(ana, id);
    for (const one of [beto, caro]) await joins(one, secret);
    await removeFromGroup(ana, id, beto.accountId);
    await leaveGroup(caro, id);
    expect(await viewGroupInvite(beto, secret, ADDRESS)).toMatchObject({ standing: "put_out" });
    await expect(joins(beto, secret)).rejects.toMatchObject({ status: 403, code: "put_out" });
    expect(await joins(caro, secret)).toMatchObject({ state: "joined" });
    const asks = await secretInto(ana, id, { asks: true });
    expect(await joins(beto, asks)).toMatchObject({ state: "waits" });
    await answerJoinRequest(ana, id, { accountId: beto.accountId, accept: true });
    expect(await people(beto, id)).toContain("Beto");
    // Let in by an admin, free again.
    await leaveGroup(beto, id);
    expect(await joins(beto, secret)).toMatchObject({ state: "joined" });
  });

  it("into an organisation's group lets its members in, and no API token into a person's own", async () => {
    const world = await makeWorld();
    const other = await makeWorld();
    const [eva] = await four();
    const id = await createGroup(world.admin, { title: "Ventas", accountIds: [], orgId: world.orgId });
    const secret = await secretInto(world.admin, id);
    for (const stranger of [eva, other.admin, { ...world.agent, memberships: [] }])
      await expect(joins(stranger, secret)).rejects.toMatchObject(DEAD);
    const program: AccountActor = { ...world.agent, sessionId: null, token: { id: newId(), scopes: ["*"] } };
    expect(await joins(program, secret)).toMatchObject({ state: "joined" });
    await expect(joins(program, await secretInto(eva, await group(eva)))).rejects.toMatchObject(DEAD);
    // Its maker belongs to the organisation no more.
    await asSystem("test", (tx) =>
      tx.update(schema.member).set({ removedAt: new Date() }).where(eq(schema.member.accountId, world.admin.accountId)),
    );
    await expect(joins(world.other, secret)).rejects.toMatchObject(DEAD);
    await leaveOrganisationGroups(world.orgId, world.admin.accountId);
    expect(await people(world.agent, id)).toEqual(["Bruno"]);
  });

  it("of a suspended organisation lets nobody in", async () => {
    const world = await makeWorld();
    const id = await createGroup(world.admin, { title: "Ventas", accountIds: [], orgId: world.orgId });
    const secret = await secretInto(world.admin, id);
    await asSystem("test", (tx) =>
      tx.update(schema.organisation).set({ suspendedAt: new Date() }).where(eq(schema.organisation.id, world.orgId)),
    );
    await expect(joins(world.agent, secret)).rejects.toMatchObject(DEAD);
  });

  it("lets no more in than a group holds, also at the same moment", async () => {
    const [ana, beto, caro] = await four();
    const id = await group(ana);
    const many = Array.from({ length: 998 }, () => ({ id: newId(), name: "Gente", email: `${newId()}@example.test` }));
    await asSystem("test", async (tx) => {
      await tx.insert(schema.account).values(many);
      await tx.insert(schema.participant).values(many.map((one) => ({ conversationId: id, accountId: one.id })));
    });
    const secret = await secretInto(ana, id);
    const results = await Promise.allSettled([joins(beto, secret), joins(caro, secret)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: "group_too_large" }) }),
    );
    expect((await getChat(ana, id)).peopleCount).toBe(1_000);
  });

  it("is made, seen and taken back by admins alone, and not without end", async () => {
    const [ana, beto, caro] = await four();
    const id = await group(ana);
    await joins(beto, await secretInto(ana, id));
    const [{ id: inviteId = "" } = {}] = await listGroupInvites(ana, id);
    const tries = (actor: AccountActor): Promise<unknown>[] => [
      createGroupInvite(actor, id, { days: 1, asks: false }),
      listGroupInvites(actor, id),
      revokeGroupInvite(actor, id, inviteId),
      listJoinRequests(actor, id),
      answerJoinRequest(actor, id, { accountId: ana.accountId, accept: true }),
    ];
    for (const [actor, status] of [[beto, 403] as const, [caro, 404] as const])
      for (const result of await Promise.allSettled(tries(actor)))
        expect(result).toMatchObject({ status: "rejected", reason: { status } });
    for (const days of [0, 2, -1, 365])
      await expect(createGroupInvite(ana, id, { days, asks: false })).rejects.toMatchObject({ status: 422 });
    for (let n = 1; n < 50; n++) await secretInto(ana, id);
    await expect(secretInto(ana, id)).rejects.toMatchObject({ code: "too_many_invitations" });
  });
});

describe("asking to come into a group", () => {
  it("waits for an admin's word, who sees it; to be refused leaves no trace in the group", async () => {
    const [ana, beto, caro] = await four();
    const id = await group(ana);
    const secret = await secretInto(ana, id, { asks: true });
    expect(await viewGroupInvite(beto, secret, ADDRESS)).toMatchObject({ standing: "asks" });
    for (const one of [beto, beto, caro]) expect(await joins(one, secret)).toMatchObject({ state: "waits" });
    expect(await viewGroupInvite(beto, secret, ADDRESS)).toMatchObject({ standing: "waits" });
    await expect(getThread(beto, id)).rejects.toMatchObject({ status: 404 });
    expect((await listJoinRequests(ana, id)).map(({ name }) => name).sort()).toEqual(["Beto", "Caro"]);
    expect(await getChat(ana, id)).toMatchObject({ asking: 2, peopleCount: 1 });
    await answerJoinRequest(ana, id, { accountId: beto.accountId, accept: true });
    await answerJoinRequest(ana, id, { accountId: caro.accountId, accept: false });
    expect(await notices(beto, id)).toEqual(["created Ana", "joined Beto"]);
    await expect(getThread(caro, id)).rejects.toMatchObject({ status: 404 });
    expect(await getChat(ana, id)).toMatchObject({ asking: 0, peopleCount: 2 });
    expect(await getChat(beto, id)).toMatchObject({ asking: 0 });
    for (const accountId of [beto.accountId, caro.accountId, newId(), "x"])
      await expect(answerJoinRequest(ana, id, { accountId, accept: true })).rejects.toMatchObject({ status: 404 });
    expect(await joins(caro, secret)).toMatchObject({ state: "waits" });
  });

  it("is answered by the first of two admins, and by being put in", async () => {
    const world = await makeWorld();
    const orgId = world.orgId;
    const id = await createGroup(world.admin, { title: "Ventas", accountIds: [], orgId });
    const secret = await secretInto(world.admin, id, { asks: true });
    for (const one of [world.agent, world.other]) await joins(one, secret);
    const { accountId } = world.agent;
    const answers = await Promise.allSettled([
      answerJoinRequest(world.admin, id, { accountId, accept: true }),
      answerJoinRequest(world.admin, id, { accountId, accept: true }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await addToGroup(world.admin, id, [world.other.accountId]);
    expect(await listJoinRequests(world.admin, id)).toEqual([]);
  });

  it("to an organisation's group is no way in for who left the organisation meanwhile", async () => {
    const world = await makeWorld();
    const id = await createGroup(world.admin, { title: "Ventas", accountIds: [], orgId: world.orgId });
    await joins(world.agent, await secretInto(world.admin, id, { asks: true }));
    const { accountId } = world.agent;
    await asSystem("test", (tx) =>
      tx.update(schema.member).set({ removedAt: new Date() }).where(eq(schema.member.accountId, accountId)),
    );
    await expect(answerJoinRequest(world.admin, id, { accountId, accept: true })).rejects.toMatchObject({
      code: "people_unknown",
    });
    await answerJoinRequest(world.admin, id, { accountId, accept: false });
    expect(await people(world.admin, id)).toEqual(["Ana"]);
  });
});
