import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { searchChats } from "~/modules/search/index.server";
import { getTicket, listTickets, updateTicket } from "~/modules/tickets/index.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { type HubHarness, startHub } from "../../../app/modules/realtime/testing/hub-harness.server";
import { hubDoors } from "../../../app/runtime/hub-doors.server";
import { openSession } from "../../support/accounts/people";
import { call as pageCall } from "../../support/accounts/route-calls";
import { addressOf, callApi, named, OPERATIONS, rightBody } from "../../support/api-calls";
import { type FullWorld, makeFullWorld } from "../../support/full-world";
import { ROUTES } from "../../support/route-map";
import { makeCustomer, memberWrites, ticketOf, withProduct } from "../../support/world";
import { fingerprint } from "./fingerprint";

withProduct();

/** Its open ticket is with Soporte; its agent is of Ventas. */
let world: FullWorld;
let token = "";
let cookie = "";
beforeAll(async () => {
  world = await makeFullWorld();
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.agent), name: "agent", scopes: ["*"] }),
  );
  token = made.token;
  // Its first use is noted.
  await callApi("GET", "/me", token);
  cookie = (await openSession(world.agent.accountId)).cookie;
});

/** Groups know no areas, and the agent is of this one; channels are the admins'. */
const OF_AREAS = OPERATIONS.filter(({ path }) => path.includes("{id}") && !/^\/(groups|channels)\//.test(path));
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

describe("a ticket of an area that an agent is not in (TA14, pitfall 25)", () => {
  it.each(named(OF_AREAS))("%s answers as for an id that nobody has", async (name, operation) => {
    const before = await fingerprint(world.orgId);
    const body = rightBody(operation, world);
    const ask = (id?: string) => callApi(operation.method, addressOf(operation, world, id), token, body);
    const [theirs, nobodys] = [await ask(), await ask(newId())];
    expect([403, 404], name).toContain(theirs.status);
    expect(theirs.text).toBe(nobodys.text);
    expect(await fingerprint(world.orgId)).toBe(before);
  });

  /** What is only posted to is a door to the same verbs, and asks for a right form first. */
  const read = Object.entries(ROUTES).filter(
    ([, { path }]) => /:ticket|:conversation/.test(path) || path.startsWith("/media"),
  );
  it.each(read)("the page or data %s answers so too", async (route, { path }) => {
    const file = resolve(`app/routes/${route}/route`);
    const module = await import(/* @vite-ignore */ ["tsx", "ts"].map((end) => `${file}.${end}`).find(existsSync) ?? "");
    if (!module.loader) return expect(module.action).toBeDefined();
    const theirs = path.includes(":ticket")
      ? world.tickets.open
      : path.startsWith("/media")
        ? world.ids.file
        : world.ids.conversation;
    const status = async (id: string) => {
      const call = pageCall(cookie, path.replace(/:\w+/, id).replace(ID, id));
      const params = { [/\$(\w+)/.exec(route)?.[1] ?? ""]: id, messageId: world.ids.message };
      const answer: unknown = await Promise.resolve(module.loader({ ...call, params })).catch(
        (error: unknown) => error,
      );
      return (answer as { status?: number }).status;
    };
    // A door that is only posted to leads back.
    const answers = [await status(theirs), await status(newId())];
    expect([404, 302]).toContain(answers[0]);
    expect(answers[1]).toBe(answers[0]);
  });

  it("is in no list and found by no search", async () => {
    const { tickets } = await listTickets(world.agent, world.orgId, {}, { limit: 100 });
    expect(tickets.map(({ id }) => id)).not.toContain(world.tickets.open);
    const search = (secret: string) =>
      callApi("GET", `/conversations/${world.ids.conversation}/search?q=respuesta`, secret);
    expect((await search(token)).status).toBe(404);
    expect((await search(world.token.secret)).text).toContain(world.ids.message);
    const everywhere = await searchChats(world.agent, { q: "respuesta", limit: 10 });
    expect(JSON.stringify(everywhere)).not.toContain(world.ids.message);
  });
});

describe("a ticket that is moved away while an agent has it open (TA14)", () => {
  let hub: HubHarness;
  let forget = () => {};
  beforeAll(async () => {
    hub = await startHub({ doors: () => hubDoors });
    forget = listen(hub.hub.deliver);
  });
  afterAll(async () => {
    forget();
    await hub.stop();
  });

  it("is told to them no more, and is not there for them", async () => {
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await rosa.writes("Ventas");
    const { id } = await ticketOf(world, rosa.conversationId);
    const open = (secret: string) => hub.open(secret);
    const [agent, admin] = [await open(token), await open(world.token.secret)];
    await agent.join(rosa.conversationId);
    await admin.join(rosa.conversationId);
    await updateTicket(world.admin, id, { areaId: world.areas.support });
    await agent.wait((frame) => frame.t === "error" && JSON.stringify(frame).includes(rosa.conversationId));
    const canary = `canario ${newId()}`;
    await memberWrites(world.admin, rosa.conversationId, canary, { visibility: "staff" });
    await admin.wait((frame) => JSON.stringify(frame).includes(canary));
    await agent.settled();
    expect(JSON.stringify(agent.frames)).not.toContain(canary);
    await expect(getTicket(world.agent, id)).rejects.toMatchObject({ status: 404 });
  });
});
