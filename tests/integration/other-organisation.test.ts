import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountActor, type Actor, SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import {
  accessConversation,
  claimTicket,
  countTickets,
  getConversation,
  getInbox,
  getThread,
  getTicket,
  getTicketDesk,
  joinTopic,
  listAreas,
  listAssignees,
  listConversationChanges,
  listConversationMessages,
  listTicketEvents,
  listTickets,
  markRead,
  sendMessage,
  updateTicket,
} from "~/modules/tickets/index.server";
import { asSystem, inScope } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { addressOf, callApi, fieldsOf, idFor, isId, named, OPERATIONS, rightBody, worldId } from "../support/api-calls";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withProduct } from "../support/world";
import { fingerprint } from "./attacks/fingerprint";

withProduct();

let a: FullWorld;
let b: FullWorld;
let agentToken = "";
let before = "";

beforeAll(async () => {
  a = await makeFullWorld();
  b = await makeFullWorld();
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: a.orgId, memberId: a.memberId(a.agent), name: "agent", scopes: ["*"] }),
  );
  agentToken = made.token;
  before = await fingerprint(b.orgId);
});

const withIds = OPERATIONS.filter((operation) => operation.path.includes("{id}"));

describe("another organisation's id in an address of the API (TA1)", () => {
  it.each(named(withIds))("%s answers as for an id that nobody has", async (name, operation) => {
    const body = rightBody(operation, a);
    for (const token of [a.token.secret, agentToken, a.guest.token]) {
      const ask = (id: string) => callApi(operation.method, addressOf(operation, a, id), token, body);
      const [theirs, nobodys] = [await ask(idFor(operation, b)), await ask(newId())];
      expect([403, 404], name).toContain(theirs.status);
      expect(theirs.text, name).toBe(nobodys.text);
      expect(theirs.text).not.toContain(b.canary);
      for (const wrong of ["1", "null", "%00", "..%2f", "a".repeat(300)]) {
        expect([403, 404], `${name} ${wrong}`).toContain((await ask(wrong)).status);
      }
    }
  });
});

describe("another organisation's id given to a verb (TA1)", () => {
  const text = "¿se lee?";
  const verbs: [string, (actor: Actor) => Promise<unknown>][] = [
    ["getTicket", (actor) => getTicket(actor, b.tickets.open)],
    ["listTicketEvents", (actor) => listTicketEvents(actor, b.tickets.open)],
    ["claimTicket", (actor) => claimTicket(actor, b.tickets.bot)],
    ["updateTicket", (actor) => updateTicket(actor, b.tickets.open, { state: "closed" })],
    ["getThread", (actor) => getThread(actor, b.ids.conversation)],
    ["getConversation", (actor) => getConversation(actor, b.ids.conversation)],
    ["accessConversation", (actor) => accessConversation(actor, b.ids.conversation, inScope)],
    ["listConversationMessages", (actor) => listConversationMessages(actor, b.ids.conversation, { limit: 10 })],
    ["listConversationChanges", (actor) => listConversationChanges(actor, b.ids.conversation, { after: 0, limit: 9 })],
    ["markRead", (actor) => markRead(actor, b.ids.conversation, 1)],
    [
      "sendMessage",
      (actor) =>
        sendMessage(actor, { conversationId: b.ids.conversation, clientId: newId(), text, visibility: "public" }),
    ],
    [
      "a note",
      (actor) =>
        sendMessage(actor, { conversationId: b.ids.conversation, clientId: newId(), text, visibility: "staff" }),
    ],
    ["joining the conversation", (actor) => joinTopic(actor, `conversation:${b.ids.conversation}`)],
    ["joining the tickets", (actor) => joinTopic(actor, `organisation:${b.orgId}:tickets`)],
    ["listTickets", (actor) => listTickets(actor, b.orgId, {}, { limit: 10 })],
    ["getInbox", (actor) => getInbox(actor, b.orgId, { view: "all" })],
    ["getTicketDesk", (actor) => getTicketDesk(actor, b.tickets.open)],
    ["countTickets", (actor) => countTickets(actor, b.orgId)],
    ["listAreas", (actor) => listAreas(actor, b.orgId)],
    ["listAssignees", (actor) => listAssignees(actor, b.orgId)],
  ];

  it.each(verbs)("%s finds nothing", async (_, verb) => {
    const actors: Actor[] = [a.admin, a.agent, a.guest.guest, a.token.actor, a.account];
    for (const actor of actors) await expect(verb(actor)).rejects.toMatchObject({ status: 404, code: "not_found" });
  });

  it("a membership that is claimed for it is the only way in", async () => {
    const forged: AccountActor = { ...a.admin, memberships: b.admin.memberships };
    expect((await getTicket(forged, b.tickets.open)).org_id).toBe(b.orgId);
  });
});

describe("another organisation's id inside a body or a filter (TA2)", () => {
  /** A field that is read only beside another one. */
  const BESIDE: Record<string, object> = { flow_id: { state: "bot" } };
  /** The sender's own name for a message: nobody's id. */
  const idFields = OPERATIONS.flatMap((operation) =>
    fieldsOf(operation)
      .filter(([field, schema]) => isId(schema) && field !== "client_id")
      .map(([field]) => [operation.name, field, operation] as const),
  );
  const idFilters = OPERATIONS.flatMap((operation) =>
    operation.query.filter(({ schema }) => isId(schema)).map(({ name }) => [operation.name, name, operation] as const),
  );

  it("is tried in every place that takes one", () => {
    expect(idFields.length).toBeGreaterThanOrEqual(8);
    expect(idFilters.length).toBeGreaterThanOrEqual(3);
  });

  it.each(idFields)(
    "%s refuses it as %s like an id that nobody has, and stores nothing",
    async (_, field, operation) => {
      const stored = await fingerprint(a.orgId);
      const ask = (id: string) => {
        const beside = operation.id === "updateTicket" ? BESIDE[field] : undefined;
        const body = { ...rightBody(operation, a), ...beside, [field]: id };
        return callApi(operation.method, addressOf(operation, a), a.token.secret, body);
      };
      const [theirs, nobodys] = [await ask(worldId(field, b)), await ask(newId())];
      expect([404, 422], theirs.text).toContain(theirs.status);
      expect(theirs.text).toBe(nobodys.text);
      expect(await fingerprint(a.orgId)).toBe(stored);
    },
  );

  it.each(idFilters)("%s filtered by it as %s finds nothing", async (_, name, operation) => {
    const { body } = await callApi("GET", `${addressOf(operation, a)}?${name}=${worldId(name, b)}`, a.token.secret);
    expect(body).toEqual({ data: [], next_cursor: null });
  });

  it("beside one's own ids spoils the whole of it (TA4)", async () => {
    const own = await getTicket(a.token.actor, a.tickets.open);
    for (const mixed of [
      { area_id: a.areas.support, assignee_id: b.ids.member },
      { area_id: b.ids.area, assignee_id: a.memberId(a.other), priority: "urgent" },
      { priority: "urgent", tags: ["x"], assignee_id: b.ids.member },
    ]) {
      const answer = await callApi("PATCH", `/tickets/${a.tickets.open}`, a.token.secret, mixed);
      expect([404, 422], answer.text).toContain(answer.status);
      expect(await getTicket(a.token.actor, a.tickets.open)).toEqual(own);
    }
  });

  it("an entry link's area of somebody else is left out", async () => {
    const { body } = await callApi("POST", `/public/${a.handle}/conversations`, null, { area: b.ids.area });
    const { conversation_id: id } = body.data as { conversation_id: string };
    const { rows } = await asSystem("test", (tx) => tx.execute(sql`select entry from conversation where id = ${id}`));
    expect(rows).toEqual([{ entry: null }]);
  });

  it("a client_id that they used is nobody's here", async () => {
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ client_id: string }>(sql`select client_id from message where id = ${b.ids.message}`),
    );
    const answer = await callApi("POST", `/conversations/${a.ids.conversation}/messages`, a.token.secret, {
      client_id: rows[0]?.client_id,
      text: "propio",
    });
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain(b.canary);
  });
});

describe("lists, searches and counts (TA3)", () => {
  it.each(OPERATIONS.filter((one) => one.method === "GET" && !one.path.includes("{")).map((one) => one.path))(
    "GET %s holds nothing of another organisation",
    async (path) => {
      for (const token of [a.token.secret, agentToken, a.guest.token]) {
        for (const query of ["", `?q=${b.canary}`, "?limit=100", `?org_id=${b.orgId}`, `?q=%25`]) {
          const { text, status } = await callApi("GET", path + query, token);
          expect(status).not.toBe(500);
          expect(text).not.toContain(b.canary);
          expect(text).not.toContain(b.orgId);
        }
      }
    },
  );

  it("a search for their name finds none of ours, one for ours does", async () => {
    const find = async (q: string) => (await listTickets(a.admin, a.orgId, { q }, { limit: 100 })).tickets.length;
    expect(await find(b.canary)).toBe(0);
    expect(await find(a.canary)).toBeGreaterThan(0);
  });

  it("counts are of one's own tickets alone", async () => {
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from ticket where org_id = ${a.orgId}`),
    );
    expect((await countTickets(a.admin, a.orgId)).all).toBe(rows[0]?.n);
  });
});

describe("an organisation that the caller names (TA6)", () => {
  it("in a header or the address changes nothing, in a body it is refused", async () => {
    const plain = await callApi("GET", "/tickets", a.token.secret);
    const headers = { "x-org-id": b.orgId, "x-organisation": b.handle, "x-forwarded-host": `${b.handle}.guazu.test` };
    expect(
      (await callApi("GET", `/tickets?org=${b.orgId}&organisation_id=${b.orgId}`, a.token.secret, undefined, headers))
        .text,
    ).toBe(plain.text);
    const body = { kind: "web", org_id: b.orgId, orgId: b.orgId };
    expect((await callApi("POST", "/channels", a.token.secret, body)).status).toBe(400);
  });
});

describe("fields that are nobody's to write (TA13)", () => {
  const FORGED: Record<string, unknown> = {
    id: "01a20579-2204-7423-b6bc-bbdceae7d8f3",
    seq: 987_654,
    number: 987_654,
    rev: 987_654,
    role: "admin",
    is_bot: true,
    status: "forged",
    verified: true,
    delivery: "read",
    author: { kind: "bot", id: null, name: "forged" },
    created_at: "2001-01-01T00:00:00.000Z",
    closed_at: "2001-01-01T00:00:00.000Z",
    scopes: ["*"],
  };
  const alsoInCamelCase = Object.entries({
    org_id: "",
    author_id: "",
    account_id: "",
    member_id: "",
    contact_id: "",
  }).flatMap(([name]) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]);
  const forged = () => ({ ...FORGED, ...Object.fromEntries(alsoInCamelCase.map((name) => [name, b.orgId])) });
  const writes = OPERATIONS.filter((operation) => operation.method !== "GET");

  it.each(named(writes.filter(({ body }) => body)))(
    "%s refuses them, each by itself, and stores nothing",
    async (_, operation) => {
      const stored = await fingerprint(a.orgId);
      const unknown = Object.entries(forged()).filter(([field]) => !operation.body?.properties?.[field]);
      for (const [field, value] of unknown) {
        const body = { ...rightBody(operation, a), [field]: value };
        const answer = await callApi(operation.method, addressOf(operation, a), a.token.secret, body);
        expect([answer.status, answer.body.error?.code], field).toEqual([400, "invalid_request"]);
      }
      expect(await fingerprint(a.orgId)).toBe(stored);
    },
  );

  it.each(named(writes.filter(({ body }) => !body)))("%s, which takes no body, reads none", async (_, operation) => {
    const { text } = await callApi(operation.method, addressOf(operation, a), a.token.secret, forged());
    expect(text).not.toMatch(/987654|forged|2001-01-01/);
    expect(text).not.toContain(b.orgId);
  });

  it("are none of a channel's settings either", async () => {
    for (const [field, value] of Object.entries(forged())) {
      const answer = await callApi("POST", "/channels", a.token.secret, { kind: "web", settings: { [field]: value } });
      expect([answer.status, answer.body.error?.code], field).toEqual([422, "settings_invalid"]);
    }
  });
});

afterAll(async () => {
  expect(await fingerprint(b.orgId)).toBe(before);
});
