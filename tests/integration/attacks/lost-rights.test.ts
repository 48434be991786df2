import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import {
  actorOfCookie,
  changePassword,
  createToken,
  removeMember,
  revokeOtherSessions,
  revokeToken,
  setAreaMembers,
  setMemberAreas,
  setMemberRole,
  signOut,
  suspendOrganisation,
  tellRights,
  updateArea,
} from "~/modules/accounts/index.server";
import { claimTicket, openAccountConversation, sendMessage, updateTicket } from "~/modules/tickets/index.server";
import { createRedisBus } from "~/platform/bus/index.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { type Context, transact, transactAsSystem } from "~/platform/transact.server";
import type { SocketDouble } from "../../../app/modules/realtime/testing/hub-client-double";
import { type HubHarness, startHub } from "../../../app/modules/realtime/testing/hub-harness.server";
import { hubDoors } from "../../../app/runtime/hub-doors.server";
import { client, makeAccount as makeAccountWithPassword, openSession, PASSWORD } from "../../support/accounts/people";
import { startRedis, type TestRedis } from "../../support/redis";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../support/world";

withProduct();

/** Far below the 30 s after which the net would notice by itself. */
const PATIENCE_MS = 10_000;

let redis: TestRedis;
let a: HubHarness;
let b: HubHarness;
let forget = () => {};
let world: World;
const conversation = { sales: "", support: "" };

/** What happens is told to one process; the other knows it by Redis alone. */
beforeAll(async () => {
  redis = await startRedis();
  const doors = () => hubDoors;
  const bus = () => createRedisBus({ url: redis.url, onFault: () => {} });
  a = await startHub({ doors, bus: bus() });
  b = await startHub({ doors, bus: bus() });
  forget = listen(a.hub.deliver);
});
afterAll(async () => {
  forget();
  await a?.stop();
  await b?.stop();
  await redis?.stop();
});

async function newWorld() {
  world = await makeWorld();
  const [one, two] = [await makeCustomer(world), await makeCustomer(world)];
  for (const customer of [one, two]) await customer.writes("hola");
  // The first area, Ventas, has both.
  const moved = await ticketOf(world, two.conversationId);
  await updateTicket(world.admin, moved.id, { areaId: world.areas.support });
  conversation.sales = one.conversationId;
  conversation.support = two.conversationId;
  return { one, two };
}

type Credentials = Parameters<HubHarness["open"]>[1];
const withCookie = (hub: HubHarness, cookie: string): Credentials => ({
  headers: { cookie, origin: `http://127.0.0.1:${hub.port}` },
});

/** One socket at each process, of somebody with a session of their own. */
async function comeIn(accountId: string) {
  const session = await openSession(accountId);
  const sockets = await Promise.all([a, b].map((hub) => hub.open("", withCookie(hub, session.cookie))));
  return { ...session, sockets };
}
const comeInByToken = (token: string) => Promise.all([a, b].map((hub) => hub.open(token)));

/** By its code; a connection that is reset on the way may lose it, and then finds the door shut. */
async function closed(sockets: SocketDouble[]) {
  const codes = await Promise.all(sockets.map((socket) => socket.closed));
  return codes.map((code) => (code === 1006 ? 4501 : code));
}
const refused = (hub: HubHarness, cookie: string) =>
  expect(hub.open("", withCookie(hub, cookie))).rejects.toMatchObject({ status: 401 });
const all = (sockets: SocketDouble[], ask: (socket: SocketDouble) => Promise<unknown>) => Promise.all(sockets.map(ask));
const join = (sockets: SocketDouble[], id: string) => all(sockets, (socket) => socket.join(id));
const joinTickets = (sockets: SocketDouble[]) => {
  const topic = `organisation:${world.orgId}:tickets`;
  return all(sockets, (socket) => {
    socket.say({ t: "sub", topic });
    return socket.wait((frame) => frame.t === "subscribed" && frame.topic === topic);
  });
};
const losesTopic = (sockets: SocketDouble[], topic: string) =>
  all(sockets, (socket) =>
    socket.wait((frame) => frame.t === "error" && (frame.data as { topic?: string })?.topic === topic, PATIENCE_MS),
  );
const heard = (socket: SocketDouble, text: string) => JSON.stringify(socket.frames).includes(text);

/** Something new is said in a conversation; a colleague who still listens hears it at both, these do not. */
async function hearNothing(sockets: SocketDouble[], id: string) {
  const { sockets: witnesses } = await comeIn(world.admin.accountId);
  await join(witnesses, id);
  const canary = `canario ${newId()}`;
  await memberWrites(world.admin, id, canary, { visibility: "staff" });
  await all(witnesses, (witness) => expect.poll(() => heard(witness, canary), { timeout: PATIENCE_MS }).toBe(true));
  for (const socket of sockets) {
    if (socket.socket.readyState === socket.socket.OPEN) await socket.settled();
    expect(heard(socket, canary)).toBe(false);
  }
  for (const witness of witnesses) witness.close();
}

const run = <T>(actor: AccountActor, work: (ctx: Context<AccountActor>) => Promise<T>) =>
  transact(actor, { orgId: world.orgId, accountId: actor.accountId }, work);

describe("at two processes at once, far sooner than the net of 30 s (TB4)", () => {
  it("signing out closes that session's sockets and no other's", async () => {
    await newWorld();
    const [here, elsewhere] = [await comeIn(world.agent.accountId), await comeIn(world.agent.accountId)];
    await signOut(here.token);
    expect(await closed(here.sockets)).toEqual([4501, 4501]);
    await refused(a, here.cookie);
    await refused(b, here.cookie);
    await all(elsewhere.sockets, (socket) => socket.settled());
  });

  it("signing the other devices out closes theirs", async () => {
    await newWorld();
    const [here, elsewhere] = [await comeIn(world.agent.accountId), await comeIn(world.agent.accountId)];
    await revokeOtherSessions((await actorOfCookie(here.cookie)) as AccountActor);
    expect(await closed(elsewhere.sockets)).toEqual([4501, 4501]);
    await all(here.sockets, (socket) => socket.settled());
  });

  it("a new password closes the others' (TC3)", async () => {
    const ana = await makeAccountWithPassword();
    const [here, elsewhere] = [await comeIn(ana.accountId), await comeIn(ana.accountId)];
    const actor = (await actorOfCookie(here.cookie)) as AccountActor;
    await changePassword(actor, { currentPassword: PASSWORD, newPassword: "otra yerba distinta", client: client() });
    expect(await closed(elsewhere.sockets)).toEqual([4501, 4501]);
    await all(here.sockets, (socket) => socket.settled());
  });

  it("who is removed hears neither conversations nor lists any more (TA16)", async () => {
    await newWorld();
    const { sockets } = await comeIn(world.agent.accountId);
    await join(sockets, conversation.sales);
    await joinTickets(sockets);
    await run(world.admin, (ctx) => removeMember(ctx, { orgId: world.orgId, memberId: world.memberId(world.agent) }));
    await losesTopic(sockets, `conversation:${conversation.sales}`);
    await losesTopic(sockets, `organisation:${world.orgId}:tickets`);
    await hearNothing(sockets, conversation.sales);
  });

  it("who is no admin any more hears only what agents do", async () => {
    await newWorld();
    // An admin who is in one area sees the other by the role alone.
    await run(world.admin, (ctx) =>
      setMemberRole(ctx, { orgId: world.orgId, memberId: world.memberId(world.agent), role: "admin" }),
    );
    const { sockets } = await comeIn(world.agent.accountId);
    await join(sockets, conversation.support);
    await run(world.admin, (ctx) =>
      setMemberRole(ctx, { orgId: world.orgId, memberId: world.memberId(world.agent), role: "agent" }),
    );
    await losesTopic(sockets, `conversation:${conversation.support}`);
    await hearNothing(sockets, conversation.support);
  });

  it("who leaves an area, and who sees it no more since it was closed to others (TA14)", async () => {
    await newWorld();
    const { sockets } = await comeIn(world.agent.accountId);
    await join(sockets, conversation.sales);
    await run(world.admin, (ctx) =>
      setMemberAreas(ctx, {
        orgId: world.orgId,
        memberId: world.memberId(world.agent),
        areaIds: [world.areas.support],
      }),
    );
    await losesTopic(sockets, `conversation:${conversation.sales}`);
    await hearNothing(sockets, conversation.sales);
    const area = { orgId: world.orgId, areaId: world.areas.sales };
    await run(world.admin, (ctx) => updateArea(ctx, { ...area, change: { visibility: "open" } }));
    await join(sockets, conversation.sales);
    await run(world.admin, (ctx) => updateArea(ctx, { ...area, change: { visibility: "private" } }));
    await all(sockets, (socket) =>
      expect
        .poll(
          () =>
            socket.frames.filter((frame) => (frame.data as { topic?: string })?.topic?.includes(conversation.sales))
              .length,
          { timeout: PATIENCE_MS },
        )
        .toBeGreaterThan(1),
    );
    await hearNothing(sockets, conversation.sales);
  });

  it("who is put out of an area by the area's own list (TA14)", async () => {
    await newWorld();
    const { sockets } = await comeIn(world.agent.accountId);
    await join(sockets, conversation.sales);
    await run(world.admin, (ctx) =>
      setAreaMembers(ctx, { orgId: world.orgId, areaId: world.areas.sales, memberIds: [] }),
    );
    await losesTopic(sockets, `conversation:${conversation.sales}`);
    await hearNothing(sockets, conversation.sales);
  });

  it("a token that is revoked, also by a command that no socket's process hears (TA16)", async () => {
    await newWorld();
    const make = () =>
      transactAsSystem(SYSTEM, "test", (ctx) =>
        createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "x", scopes: ["*"] }),
      );
    const [one, two] = [await make(), await make()];
    const [first, second] = [await comeInByToken(one.token), await comeInByToken(two.token)];
    await run(world.admin, (ctx) => revokeToken(ctx, { orgId: world.orgId, tokenId: one.id }));
    expect(await closed(first)).toEqual([4501, 4501]);
    await all(second, (socket) => socket.settled());
    forget();
    await transactAsSystem(SYSTEM, "test", (ctx) => revokeToken(ctx, { orgId: world.orgId, tokenId: two.id }));
    forget = listen(a.hub.deliver);
    await tellRights.run({ accountId: world.admin.accountId }, {} as never);
    expect(await closed(second)).toEqual([4501, 4501]);
  });

  it("a suspended organisation shuts out members, tokens, guests and accounts that are its customers", async () => {
    const { one } = await newWorld();
    const customer = await makeAccountWithPassword("Rita");
    const rita: AccountActor = { kind: "account", ...customer, sessionId: null, memberships: [], token: null };
    const internal = await openAccountConversation(rita, world.handle);
    const say = (actor: AccountActor | typeof one.guest, conversationId: string) =>
      sendMessage(actor, { conversationId, clientId: newId(), text: "hola", visibility: "public" });
    await say(rita, internal);
    const staff = await comeIn(world.agent.accountId);
    const chat = await comeIn(customer.accountId);
    const guest = await comeInByToken(one.token);
    await Promise.all([join(staff.sockets, conversation.sales), join(chat.sockets, internal)]);
    await join(guest, one.conversationId);
    const before = await ticketOf(world, internal);
    await claimTicket(world.admin, before.id);

    // As the command does it: nothing of it is heard in a process with sockets, but by the job.
    forget();
    await transactAsSystem(SYSTEM, "test", (ctx) => suspendOrganisation(ctx, { orgId: world.orgId, suspended: true }));
    forget = listen(a.hub.deliver);
    await tellRights.run({ orgId: world.orgId }, {} as never);
    expect(await closed(guest)).toEqual([4501, 4501]);
    await losesTopic(staff.sockets, `conversation:${conversation.sales}`);
    await losesTopic(chat.sockets, `conversation:${internal}`);
    await expect(say(rita, internal)).rejects.toMatchObject({ status: 404 });
    await expect(say(one.guest, one.conversationId)).rejects.toMatchObject({ status: 404 });
    for (const socket of chat.sockets) {
      socket.say({ t: "send", ref: newId(), conversation: internal, text: "¿hay alguien?" });
      await socket.wait((frame) => frame.t === "error" && frame.code === "not_found" && frame.ref !== undefined);
    }
  });
});
