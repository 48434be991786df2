import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountActor, type Actor, SYSTEM } from "~/modules/accounts";
import { createToken, exportAudit } from "~/modules/accounts/index.server";
import { searchContacts, searchMessages, searchTickets } from "~/modules/search/index.server";
import { exportContacts, exportTickets, getTicket, joinTopic, listNotices } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { openSession } from "../support/accounts/people";
import { call, outcome } from "../support/accounts/route-calls";
import { addressOf, callApi, OPERATIONS, type Operation, rightBody } from "../support/api-calls";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { API_CALLS, type Needs, ROUTES } from "../support/route-map";
import { makeAccount, withProduct } from "../support/world";
import { fingerprint } from "./attacks/fingerprint";

/** The open ticket of the world is with Soporte. `token`: an admin's, for nothing but to ask who it is. */
const PEOPLE = ["admin", "agent", "otherArea", "mentioned", "account", "guest", "anonymous", "token"] as const;
type Person = (typeof PEOPLE)[number];

const MEMBERS: readonly Person[] = ["admin", "agent", "otherArea", "mentioned"];

/** Whom each need lets in; by what a ticket's area says besides. */
const LETS_IN: Record<Exclude<Needs, "nobody"> | "guest" | "public", readonly Person[]> = {
  anyone: PEOPLE,
  public: PEOPLE,
  "signed-in": [...MEMBERS, "account"],
  reader: MEMBERS,
  guest: MEMBERS,
  member: MEMBERS,
  admin: ["admin"],
  token: [...MEMBERS, "guest", "token"],
};

type Door = { needs: keyof typeof LETS_IN; ofTicket: boolean };
const opensTo = ({ needs, ofTicket }: Door, who: Person) =>
  LETS_IN[needs].includes(who) && !(ofTicket && (who === "otherArea" || who === "account"));

withProduct();

let world: FullWorld;
const actors: Partial<Record<Person, Actor>> = {};
const tokens: Partial<Record<Person, string>> = {};
const cookies: Partial<Record<Person, string>> = {};
let before = "";
let cells = 0;

async function mentionedAgent(): Promise<AccountActor> {
  const account = await makeAccount(`${world.canary} Diego`);
  const memberId = newId();
  const { orgId } = world;
  await asSystem("test", async (tx) => {
    await tx.insert(schema.member).values({ id: memberId, orgId, accountId: account.accountId, role: "agent" });
    await tx.insert(schema.areaMember).values({ orgId, areaId: world.areas.sales, memberId });
    await tx.insert(schema.ticketReader).values({ orgId, ticketId: world.tickets.open, memberId });
  });
  return { ...account, memberships: [{ orgId, memberId, role: "agent", areaIds: [world.areas.sales] }] };
}

beforeAll(async () => {
  world = await makeFullWorld();
  const { admin, agent, other, account, guest } = world;
  Object.assign(actors, { admin, agent: other, otherArea: agent, mentioned: await mentionedAgent(), account });
  actors.guest = guest.guest;
  tokens.guest = guest.token;
  const tokenOf = async (who: Person, scopes: string[]) => {
    const memberId = world.memberId(actors[who] as AccountActor);
    const create = { orgId: world.orgId, memberId, name: world.canary, scopes };
    return (await transactAsSystem(SYSTEM, "test", (ctx) => createToken(ctx, create))).token;
  };
  for (const who of MEMBERS) tokens[who] = await tokenOf(who, ["*"]);
  tokens.token = await tokenOf("admin", ["me:read"]);
  for (const who of [...MEMBERS, "account"] as const)
    cookies[who] = (await openSession((actors[who] as AccountActor).accountId)).cookie;
  // Their first use is noted.
  for (const token of Object.values(tokens)) await callApi("GET", "/me", token);
  before = await fingerprint(world.orgId);
});
afterAll(async () => {
  expect(await fingerprint(world.orgId)).toBe(before);
  expect(cells).toBeGreaterThan(1_000);
});

/** Every person before a door, and what is said of those for whom it was not as it should be. */
async function tryAll(people: readonly Person[], door: Door, opens: (who: Person) => Promise<boolean>) {
  const wrong: string[] = [];
  for (const who of people) {
    cells++;
    const open = await opens(who);
    if (open !== opensTo(door, who)) wrong.push(`${open ? "open" : "shut"} to ${who}`);
  }
  expect(wrong).toEqual([]);
}

describe("every call of the API (TA11, TA14)", () => {
  const needsOf = ({ name }: Operation) =>
    name === "GET /me" ? "token" : (API_CALLS[name.replace(/\{(\w+)\}/g, ":$1")] as Door["needs"]);
  /** It only reads, but leaves a line in the audit log. */
  const LEAVES_A_LINE = "GET /contacts/export";
  /** What is theirs whose it is: a group's people, drafts, and a card that was shown to some. */
  const OF_PEOPLE = /^\/groups|\/ticket$|\/readers$/;
  const ofTicket = ({ path }: Operation) => /^\/(tickets|conversations|messages|contacts)\/\{id\}/.test(path);
  const asked = OPERATIONS.filter(({ path }) => !OF_PEOPLE.test(path));

  it.each(asked.map((one) => [one.name, one] as const))("%s", async (_, operation) => {
    const door = { needs: needsOf(operation), ofTicket: ofTicket(operation) };
    const people = PEOPLE.filter((who) => who !== "account")
      // Who may change things is tried where things change; here nobody does.
      .filter((who) => (operation.method === "GET" && operation.name !== LEAVES_A_LINE) || !opensTo(door, who));
    await tryAll(people, door, async (who) => {
      const { status } = await callApi(
        operation.method,
        addressOf(operation, world) + (operation.path === "/reports/{name}" ? "?from=2026-01-01&to=2026-01-31" : ""),
        tokens[who] ?? null,
        rightBody(operation, world),
      );
      return ![401, 403, 404].includes(status);
    });
  });
});

describe("every route (TA11, TA14)", () => {
  const read = Object.entries(ROUTES).filter(([, { needs }]) => needs !== "nobody" && needs !== "token");
  /** Its address names what is not there, or is no chat: nobody is let in, and tried is who is not. */
  const NAMES_NOTHING =
    /nobody-knows|\/01a20579|^\/c\/demo\/|^\/webhooks\/meta|^\/chats\/:|:import|:erasure|^\/me$|^\/logout$|^\/messages\/tickets/;
  /** It leads on to the chat, which asks for itself. */
  const LEADS_ON = "conversations.$id.report";
  /** It leaves a line in the audit log: tried is who is not let in. */
  const LEAVES_A_LINE = "bots.$id_.export";

  it.each(read)("%s", async (route, { path, needs }) => {
    const file = resolve(`app/routes/${route}/route`);
    const module = await import(/* @vite-ignore */ ["tsx", "ts"].map((end) => `${file}.${end}`).find(existsSync) ?? "");
    if (!module.loader) return expect(module.action ?? module.default).toBeDefined();
    const ids: Record<string, string> = {
      ticket: world.tickets.open,
      conversation: world.ids.conversation,
      area: world.ids.area,
      contact: world.ids.contact,
      webhook: world.ids.webhook,
      flow: world.ids.flow,
    };
    const id = ids[/:(\w+)/.exec(path)?.[1] ?? ""] ?? newId();
    const address = path.replace(/:\w+/, id).replace("/c/demo", `/c/${world.handle}`);
    const params = { [/\$([a-zA-Z]+)/.exec(route)?.[1] ?? ""]: route.startsWith("c.") ? world.handle : id };
    const door: Door = {
      needs: needs as Door["needs"],
      ofTicket: /:(ticket|conversation|contact)/.test(path) && route !== LEADS_ON,
    };
    const people = ["admin", "agent", "otherArea", "mentioned", "account", "anonymous"] as const;
    const onlyShut = NAMES_NOTHING.test(path) || route === LEAVES_A_LINE;
    const tried = people.filter((who) => !onlyShut || !opensTo(door, who));
    await tryAll(tried, door, async (who) => {
      const at = call(cookies[who] ?? null, address);
      const answer = module.loader({ ...at, params: { ...params, messageId: world.ids.message } });
      const { status, location } = await outcome(answer);
      // Who is signed in has no business at the doors for those who are not, and is led on.
      const ledAway = needs === "anyone" ? false : /^\/(login([?].*)?)?$/.test(location ?? "");
      return status < 400 && !ledAway;
    });
  });
});

describe("what the hub tells (TA14)", () => {
  it.each([
    ["a conversation's", () => `conversation:${world.ids.conversation}`, true],
    ["the tickets'", () => `organisation:${world.orgId}:tickets`, false],
  ] as const)("%s topic", async (_, topic, ofTicket) => {
    await tryAll(
      ["admin", "agent", "otherArea", "mentioned", "account", "guest"],
      { needs: "reader", ofTicket },
      (who) =>
        joinTopic(actors[who] as Actor, topic()).then(
          () => true,
          () => false,
        ),
    );
  });
});

describe("searches (TA14)", () => {
  const finds = (what: Promise<object>, id: string) =>
    what.then(
      (found) => JSON.stringify(found).includes(id),
      () => false,
    );
  const limit = 50;

  it.each([
    [
      "messages",
      (by: Actor) => finds(searchMessages(by, world.orgId, { q: "respuesta corregida", limit }), world.ids.message),
    ],
    [
      "notes",
      (by: Actor) => finds(searchMessages(by, world.orgId, { q: "nota", notes: true, limit }), world.tickets.open),
    ],
    ["tickets", (by: Actor) => finds(searchTickets(by, world.orgId, { q: world.canary, limit }), world.tickets.open)],
    ["contacts", (by: Actor) => finds(searchContacts(by, world.orgId, { q: world.canary, limit }), world.ids.contact)],
  ] as const)("of %s", async (_, search) => {
    await tryAll(
      ["admin", "agent", "otherArea", "mentioned", "account", "guest"],
      { needs: "member", ofTicket: true },
      (who) => search(actors[who] as Actor),
    );
  });
});

describe("exports (TA11)", () => {
  const still = (by: AccountActor) => async () => by;

  it.each([
    ["contacts", (by: AccountActor) => exportContacts(by, world.orgId, still(by))],
    ["tickets", (by: AccountActor) => exportTickets(by, world.orgId, "csv", still(by))],
    ["the audit log", (by: AccountActor) => exportAudit(by, world.orgId, {}, still(by))],
  ] as const)("of %s", async (_, exports) => {
    // Whoever may leaves a line in the log: that is tried where exports are.
    await tryAll(["agent", "otherArea", "mentioned", "account", "guest"], { needs: "admin", ofTicket: false }, (who) =>
      Promise.resolve()
        .then(() => exports(actors[who] as AccountActor))
        .then(
          () => true,
          () => false,
        ),
    );
  });
});

describe("notices", () => {
  it("are each member's own", async () => {
    await tryAll(
      ["admin", "agent", "otherArea", "mentioned", "account", "guest"],
      { needs: "member", ofTicket: false },
      (who) =>
        listNotices(actors[who] as Actor, world.orgId, { limit: 5 }).then(
          () => true,
          () => false,
        ),
    );
    expect((await getTicket(world.admin, world.tickets.open)).org_id).toBe(world.orgId);
  });
});
