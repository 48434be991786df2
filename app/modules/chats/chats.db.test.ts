import { describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import {
  changeText,
  getThread,
  joinTopic,
  listHeads,
  markRead,
  react,
  sendMessage,
  takeBack,
} from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeAccount, makeWorld, withProduct } from "../../../tests/support/world";
import {
  addToGroup,
  answerRequest,
  blockAccount,
  createGroup,
  findAccount,
  getChat,
  leaveGroup,
  leaveOrganisationGroups,
  listAcquaintances,
  listChats,
  openDirectChat,
  removeFromGroup,
  renameGroup,
  setChatPreferences,
  setGroupRole,
} from "./index.server";

withProduct();

const says = (actor: AccountActor, conversationId: string, text: string, clientId = newId()) =>
  sendMessage(actor, { conversationId, clientId, text, visibility: "public" });
const texts = async (actor: AccountActor, id: string) => (await getThread(actor, id)).messages.map((m) => m.text);
const notices = async (actor: AccountActor, id: string) =>
  (await getThread(actor, id)).messages.flatMap((m) => (m.notice ? [`${m.notice.what} ${m.notice.about.join()}`] : []));

const firstChat = async (actor: AccountActor) => (await listChats(actor))[0]?.id ?? "";

/** People of whom the first has written with each other one. */
async function acquainted(...names: string[]): Promise<AccountActor[]> {
  const people = await Promise.all(names.map(makeAccount));
  const [first, ...others] = people as [AccountActor, ...AccountActor[]];
  for (const other of others) {
    const id = await openDirectChat(first, other.accountId);
    await says(first, id, "hola");
    await answerRequest(other, id, true);
  }
  return people;
}

describe("a direct chat", () => {
  it("is one for two people, whoever begins and however often, also at the same moment", async () => {
    const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
    const ids = await Promise.all([
      openDirectChat(ana, beto.accountId),
      openDirectChat(beto, ana.accountId),
      openDirectChat(ana, beto.accountId),
    ]);
    expect(new Set(ids).size).toBe(1);
    await expect(openDirectChat(ana, ana.accountId)).rejects.toMatchObject({ code: "chat_with_oneself" });
    await expect(openDirectChat(ana, newId())).rejects.toMatchObject({ status: 404 });
    expect(await listChats(ana)).toEqual([]);
  });

  it("from a stranger is a request: three messages, until the other one answers", async () => {
    const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
    const id = await openDirectChat(ana, beto.accountId);
    for (const text of ["uno", "dos", "tres"]) await says(ana, id, text);
    await expect(says(ana, id, "cuatro")).rejects.toMatchObject({ code: "request_waits", status: 403 });
    expect(await listChats(beto)).toMatchObject([
      { id, title: "Ana", accepted: false, unread: 3, last: { text: "tres" } },
    ]);
    expect(await listChats(ana)).toMatchObject([{ id, title: "Beto", accepted: true, unread: 0 }]);
    expect(await getChat(ana, id)).toMatchObject({ waits: true });
    await says(beto, id, "contesto");
    expect(await listChats(beto)).toMatchObject([{ accepted: true, unread: 0 }]);
    await says(ana, id, "cuatro");
    expect(await texts(beto, id)).toEqual(["uno", "dos", "tres", "contesto", "cuatro"]);
  });

  it("that is declined is gone for who declines, and closed for the other, until that one comes back", async () => {
    const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
    const id = await openDirectChat(ana, beto.accountId);
    await says(ana, id, "hola");
    await answerRequest(beto, id, false);
    expect(await listChats(beto)).toEqual([]);
    await expect(getThread(beto, id)).rejects.toMatchObject({ status: 404 });
    await expect(says(ana, id, "¿estás?")).rejects.toMatchObject({ code: "chat_closed" });
    expect(await openDirectChat(beto, ana.accountId)).toBe(id);
    await says(beto, id, "ahora sí");
    expect(await texts(ana, id)).toEqual(["hola", "ahora sí"]);
  });

  it("is nobody else's: not to read, not to hear, not to write, not to change", async () => {
    const [ana, beto] = (await acquainted("Ana", "Beto")) as [AccountActor, AccountActor];
    const id = await firstChat(ana);
    const { row } = await says(ana, id, "secreto");
    const world = await makeWorld();
    const eva = await makeAccount("Eva");
    for (const stranger of [eva, world.admin]) {
      const tries: Promise<unknown>[] = [
        getThread(stranger, id),
        getChat(stranger, id),
        joinTopic(stranger, `conversation:${id}`),
        says(stranger, id, "x"),
        markRead(stranger, id, 1),
        changeText(stranger, row.id, "x"),
        takeBack(stranger, row.id),
        react(stranger, row.id, "👍", true),
        setChatPreferences(stranger, id, { pinned: true }),
        answerRequest(stranger, id, true),
      ];
      for (const result of await Promise.allSettled(tries))
        expect(result).toMatchObject({ status: "rejected", reason: { status: 404 } });
      expect(await listHeads(stranger, [id])).toEqual({});
    }
    expect(Object.keys(await listHeads(beto, [id]))).toEqual([id]);
    expect((await joinTopic(beto, `conversation:${id}`)).topics).toEqual([`c:${id}:p`, `on:${ana.accountId}`]);
  });

  it("takes edits, deletions and reactions of one's own words, and tells how far the other one has read", async () => {
    const [ana, beto] = (await acquainted("Ana", "Beto")) as [AccountActor, AccountActor];
    const id = await firstChat(ana);
    const { row } = await says(ana, id, "a las 5");
    await changeText(ana, row.id, "a las 6");
    await expect(changeText(beto, row.id, "a las 7")).rejects.toMatchObject({ status: 403 });
    await react(beto, row.id, "👍", true);
    const thread = await getThread(beto, id);
    expect(thread.messages.at(-1)).toMatchObject({
      text: "a las 6",
      reactions: [{ emoji: "👍", by: [{ name: "Beto" }] }],
    });
    expect((await getThread(ana, id)).customer_read_seq).toBeLessThan(row.seq);
    await markRead(beto, id, row.seq);
    expect((await getThread(ana, id)).customer_read_seq).toBe(row.seq);
    await takeBack(ana, row.id);
    expect((await getThread(beto, id)).messages.at(-1)).toMatchObject({ text: "", reactions: [] });
  });

  it("stores a repeated send once, and refuses the key for another text", async () => {
    const [ana] = (await acquainted("Ana", "Beto")) as [AccountActor];
    const id = await firstChat(ana);
    const clientId = newId();
    const sent = await Promise.all(Array.from({ length: 5 }, () => says(ana, id, "una vez", clientId)));
    expect(new Set(sent.map(({ row }) => row.id)).size).toBe(1);
    await expect(says(ana, id, "otra", clientId)).rejects.toMatchObject({ code: "id_reused" });
  });

  it("orders what many write at once, and loses none of it", async () => {
    const [ana, beto] = (await acquainted("Ana", "Beto")) as [AccountActor, AccountActor];
    const id = await firstChat(ana);
    await Promise.all(Array.from({ length: 40 }, (_, n) => says(n % 2 ? ana : beto, id, `${n}`)));
    const { messages } = await getThread(ana, id);
    expect(messages.map((m) => m.seq)).toEqual(messages.map((_, n) => n + 1));
    expect(messages).toHaveLength(41);
  });
});

describe("finding and blocking", () => {
  it("finds by handle or address exactly, and only who may be found", async () => {
    const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
    const handle = `beto-${newId().slice(-6)}`;
    const set = (values: { handle?: string; findable?: boolean }) =>
      asSystem("test", async (tx) => {
        const { account } = schema;
        const { eq } = await import("drizzle-orm");
        await tx.update(account).set(values).where(eq(account.id, beto.accountId));
      });
    await set({ handle });
    for (const word of [`@${handle}`, handle.toUpperCase(), beto.email, ` ${beto.email} `])
      expect(await findAccount(ana, word), word).toEqual({ id: beto.accountId, name: "Beto", handle });
    for (const word of ["", "@", "beto", handle.slice(0, -1), "%", ana.email])
      expect(await findAccount(ana, word), word).toBeNull();
    await set({ findable: false });
    expect(await findAccount(ana, handle)).toBeNull();
    await expect(openDirectChat(ana, beto.accountId)).rejects.toMatchObject({ status: 404 });
  });

  it("colleagues know each other: no request between them", async () => {
    const world = await makeWorld();
    const id = await openDirectChat(world.admin, world.agent.accountId);
    await says(world.admin, id, "¿cómo va?");
    expect(await listChats(world.agent)).toMatchObject([{ id, accepted: true }]);
    expect((await listAcquaintances(world.admin, world.orgId)).map((one) => one.id)).toContain(world.agent.accountId);
  });

  it("who is blocked writes no more, finds nobody, and adds nobody; taking the block back opens it again", async () => {
    const [ana, beto] = (await acquainted("Ana", "Beto")) as [AccountActor, AccountActor];
    const id = await firstChat(ana);
    const { row } = await says(beto, id, "hola");
    await blockAccount(ana, beto.accountId, true);
    await blockAccount(ana, beto.accountId, true);
    await expect(says(beto, id, "¿por qué?")).rejects.toMatchObject({ code: "chat_closed" });
    await expect(says(ana, id, "porque sí")).rejects.toMatchObject({ code: "chat_closed" });
    // Not by way of an old message either; what one said may be taken back.
    await expect(changeText(beto, row.id, "¿por qué?")).rejects.toMatchObject({ code: "chat_closed" });
    await expect(react(beto, row.id, "😡", true)).rejects.toMatchObject({ code: "chat_closed" });
    await takeBack(beto, row.id);
    expect(await findAccount(beto, ana.email)).toBeNull();
    await expect(createGroup(beto, { title: "Grupo", accountIds: [ana.accountId] })).rejects.toMatchObject({
      code: "people_unknown",
      data: { account_ids: [ana.accountId] },
    });
    expect(await getChat(ana, id)).toMatchObject({ blocked: true });
    expect(await getChat(beto, id)).toMatchObject({ blocked: false });
    await blockAccount(ana, beto.accountId, false);
    await says(beto, id, "gracias");
    await expect(blockAccount(ana, newId(), true)).rejects.toMatchObject({ status: 404 });
    await expect(blockAccount(ana, ana.accountId, true)).rejects.toMatchObject({ code: "block_oneself" });
  });
});

describe("a group", () => {
  it("is made of people whom its maker knows, and tells what happens to it", async () => {
    const [ana, beto, caro] = (await acquainted("Ana", "Beto", "Caro")) as [AccountActor, AccountActor, AccountActor];
    const eva = await makeAccount("Eva");
    await expect(createGroup(ana, { title: "Asado", accountIds: [eva.accountId] })).rejects.toMatchObject({
      status: 422,
    });
    await expect(createGroup(ana, { title: " ", accountIds: [] })).rejects.toMatchObject({ code: "title_empty" });
    const id = await createGroup(ana, { title: "Asado", accountIds: [beto.accountId, beto.accountId, ana.accountId] });
    await says(beto, id, "llevo pan");
    await addToGroup(ana, id, [caro.accountId]);
    await renameGroup(ana, id, "Asado del domingo");
    expect(await notices(caro, id)).toEqual(["created ", "added Caro", "renamed Asado del domingo"]);
    expect(await texts(caro, id)).toContain("llevo pan");
    expect(await listChats(caro)).toContainEqual(
      expect.objectContaining({ id, title: "Asado del domingo", kind: "group" }),
    );
  });

  it("is changed by who may: members speak, admins add and put out, the owner promotes", async () => {
    const [ana, beto, caro] = (await acquainted("Ana", "Beto", "Caro")) as [AccountActor, AccountActor, AccountActor];
    const id = await createGroup(ana, { title: "Obra", accountIds: [beto.accountId, caro.accountId] });
    const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ status: 403 });
    await refused(renameGroup(beto, id, "x"));
    await refused(addToGroup(beto, id, [newId()]));
    await refused(removeFromGroup(beto, id, caro.accountId));
    await refused(setGroupRole(beto, id, beto.accountId, "admin"));
    await setGroupRole(ana, id, beto.accountId, "admin");
    await refused(removeFromGroup(beto, id, ana.accountId));
    await refused(setGroupRole(beto, id, caro.accountId, "admin"));
    await removeFromGroup(beto, id, caro.accountId);
    await expect(getThread(caro, id)).rejects.toMatchObject({ status: 404 });
    await expect(says(caro, id, "x")).rejects.toMatchObject({ status: 404 });
    expect(await listHeads(caro, [id])).toEqual({});
    expect((await listChats(caro)).some((chat) => chat.id === id)).toBe(false);
    await expect(renameGroup(caro, id, "x")).rejects.toMatchObject({ status: 404 });
  });

  it("keeps one owner, who hands it over before leaving; two who hand over at once leave one", async () => {
    const [ana, beto, caro] = (await acquainted("Ana", "Beto", "Caro")) as [AccountActor, AccountActor, AccountActor];
    const id = await createGroup(ana, { title: "Club", accountIds: [beto.accountId, caro.accountId] });
    await expect(leaveGroup(ana, id)).rejects.toMatchObject({ code: "owner_cannot_leave" });
    const [one, two] = await Promise.allSettled([
      setGroupRole(ana, id, beto.accountId, "owner"),
      setGroupRole(ana, id, caro.accountId, "owner"),
    ]);
    expect([one.status, two.status].sort()).toEqual(["fulfilled", "rejected"]);
    const { people } = await getChat(ana, id);
    expect(people.map(({ role }) => role).sort()).toEqual(["admin", "member", "owner"]);
    await leaveGroup(ana, id);
    expect((await listChats(ana)).some((chat) => chat.id === id)).toBe(false);
    expect((await notices(caro, id)).at(-1)).toBe("left ");
  });

  it("of an organisation holds its members only", async () => {
    const world = await makeWorld();
    const eva = await makeAccount("Eva");
    const group = { title: "Ventas", orgId: world.orgId };
    await expect(createGroup(eva, { ...group, accountIds: [] })).rejects.toMatchObject({ status: 404 });
    await expect(createGroup(world.admin, { ...group, accountIds: [eva.accountId] })).rejects.toMatchObject({
      status: 422,
    });
    const id = await createGroup(world.admin, { ...group, accountIds: [world.agent.accountId] });
    await says(world.agent, id, "presente");
    expect(await texts(world.admin, id)).toContain("presente");
    await expect(getThread(world.other, id)).rejects.toMatchObject({ status: 404 });
  });

  it("of an organisation ends for who leaves the organisation; a person's own chats are closed to its API tokens", async () => {
    const world = await makeWorld();
    const group = await createGroup(world.admin, {
      title: "Ventas",
      orgId: world.orgId,
      accountIds: [world.agent.accountId],
    });
    const direct = await openDirectChat(world.agent, world.admin.accountId);
    await says(world.agent, direct, "entre nosotros");
    const program: AccountActor = { ...world.agent, sessionId: null, token: { id: newId(), scopes: ["*"] } };
    await says(program, group, "soy un programa");
    const former: AccountActor = { ...world.agent, memberships: [] };
    for (const [actor, id] of [
      [program, direct],
      [former, group],
    ] as const) {
      const tries = [
        getThread(actor, id),
        getChat(actor, id),
        says(actor, id, "x"),
        joinTopic(actor, `conversation:${id}`),
      ];
      for (const result of await Promise.allSettled<unknown>(tries))
        expect(result).toMatchObject({ status: "rejected", reason: { status: 404 } });
      expect(await listHeads(actor, [id])).toEqual({});
      expect((await listChats(actor)).some((chat) => chat.id === id)).toBe(false);
    }
  });

  it("of an organisation goes on without its owner who leaves the organisation, under who was in it longest", async () => {
    const world = await makeWorld();
    const people = [world.agent.accountId, world.other.accountId];
    const id = await createGroup(world.admin, { title: "Todos", orgId: world.orgId, accountIds: people });
    await setGroupRole(world.admin, id, world.other.accountId, "admin");
    await leaveOrganisationGroups(world.orgId, world.admin.accountId);
    await leaveOrganisationGroups(world.orgId, world.admin.accountId);
    expect((await getChat(world.agent, id)).people.map(({ id: who, role }) => [who, role])).toEqual(
      expect.arrayContaining([
        [world.agent.accountId, "member"],
        [world.other.accountId, "owner"],
      ]),
    );
    expect(await notices(world.agent, id)).toEqual(["created ", "left "]);
    await leaveOrganisationGroups(world.orgId, world.other.accountId);
    await renameGroup(world.agent, id, "Solo yo");
  });
});

it("an account keeps its list as it likes, and nobody sees it", async () => {
  const [ana, beto, caro] = (await acquainted("Ana", "Beto", "Caro")) as [AccountActor, AccountActor, AccountActor];
  const chats = await listChats(ana);
  const withBeto = chats.find((chat) => chat.title === "Beto")?.id ?? "";
  await setChatPreferences(ana, withBeto, { pinned: true, mutedUntil: new Date(Date.now() + 60_000) });
  const mine = async () => (await listChats(ana)).find((chat) => chat.id === withBeto);
  expect(await mine()).toMatchObject({ title: "Beto", pinned: true, muted: true });
  expect((await listChats(beto))[0]).toMatchObject({ pinned: false, muted: false });
  await setChatPreferences(ana, withBeto, { pinned: false, mutedUntil: null, archived: true });
  expect(await mine()).toMatchObject({ archived: true, muted: false, pinned: false });
  expect((await listChats(caro)).every((chat) => !chat.archived)).toBe(true);
});
