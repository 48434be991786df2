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
import { answerCall, ENDPOINTS } from "../../app/routes/api.v1.$/answer-call.server";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withProduct } from "../support/world";

withProduct();

let a: FullWorld;
let b: FullWorld;
let agentToken = "";
let before = "";

/** All rows of an organisation as one fingerprint. */
async function fingerprint(orgId: string): Promise<string> {
  return asSystem("test", async (tx) => {
    const { rows: tables } = await tx.execute<{ t: string }>(
      sql`select table_name as t from information_schema.columns where table_schema = 'public' and column_name = 'org_id' order by 1`,
    );
    const parts: string[] = [];
    for (const { t } of tables) {
      const { rows } = await tx.execute<{ md5: string }>(
        sql`select ${t}::text || md5(coalesce(string_agg(r::text, '' order by r::text), '')) as md5 from ${sql.identifier(t)} r where org_id = ${orgId}`,
      );
      parts.push(rows[0]?.md5 ?? "");
    }
    return parts.join("\n");
  });
}

beforeAll(async () => {
  a = await makeFullWorld();
  b = await makeFullWorld();
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: a.orgId, memberId: a.memberId(a.agent), name: "agent", scopes: ["*"] }),
  );
  agentToken = made.token;
  before = await fingerprint(b.orgId);
});

type Asked = { status: number; body: { data?: unknown; error?: { code: string; request_id?: string } }; text: string };

async function call(method: string, path: string, token: string | null, body?: unknown, headers = {}): Promise<Asked> {
  const request = new Request(`https://guazu.test/api/v1${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await answerCall(request, { requestId: "r" } as never);
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text), text };
}

/** A right body for each call that has an id in its address; a call that is missing here fails the test. */
const SAMPLES: Record<string, unknown> = {
  "GET /tickets/:id": undefined,
  "PATCH /tickets/:id": { priority: "high" },
  "POST /tickets/:id/claim": undefined,
  "GET /tickets/:id/events": undefined,
  "GET /conversations/:id": undefined,
  "GET /conversations/:id/messages": undefined,
  "POST /conversations/:id/messages": { client_id: newId(), text: "¿se lee?" },
  "GET /conversations/:id/changes": undefined,
  "POST /conversations/:id/read": { seq: 1 },
  "PATCH /messages/:id": { text: "¿se lee?" },
  "POST /messages/:id/reactions": { emoji: "👍" },
  "DELETE /messages/:id": undefined,
  "GET /channels/:id/health": undefined,
};
const withIds = ENDPOINTS.filter((endpoint) => endpoint.path.includes("/:id"));
const idOf = (world: FullWorld, path: string) =>
  path.startsWith("/tickets")
    ? world.tickets.open
    : path.startsWith("/channels")
      ? world.whatsapp.channelId
      : path.startsWith("/messages")
        ? world.ids.message
        : world.ids.conversation;

describe("another organisation's id in an address of the API (TA1)", () => {
  it("is tried for every call that takes one", () => {
    expect(withIds.map((one) => `${one.method} ${one.path}`).sort()).toEqual(Object.keys(SAMPLES).sort());
  });

  it.each(Object.keys(SAMPLES))("%s answers as for an id that nobody has", async (name) => {
    const [method = "", path = ""] = name.split(" ");
    for (const token of [a.token.secret, agentToken, a.guest.token]) {
      const ask = (id: string) => call(method, path.replace(":id", id), token, SAMPLES[name]);
      const [theirs, nobodys] = [await ask(idOf(b, path)), await ask(newId())];
      expect([403, 404], name).toContain(theirs.status);
      expect(theirs.text, name).toBe(nobodys.text);
      expect(theirs.text).not.toContain(b.canary);
      for (const wrong of ["1", "null", "%00", "..%2f", "a".repeat(300)]) {
        expect([403, 404], `${name} ${wrong}`).toContain((await ask(wrong)).status);
      }
    }
    // The admin's token opens the same call of its own organisation.
    const own = await call(method, path.replace(":id", idOf(a, path)), a.token.secret, SAMPLES[name]);
    expect(own.status, own.text).toBeLessThan(300);
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
  const bodies: [string, string, () => string, () => object][] = [
    ["an area", "PATCH", () => `/tickets/${a.tickets.open}`, () => ({ area_id: b.ids.area })],
    ["an assignee", "PATCH", () => `/tickets/${a.tickets.open}`, () => ({ assignee_id: b.ids.member })],
    ["a flow", "PATCH", () => `/tickets/${a.tickets.open}`, () => ({ state: "bot", flow_id: b.ids.flow })],
    [
      "a quoted message",
      "POST",
      () => `/conversations/${a.ids.conversation}/messages`,
      () => ({ client_id: newId(), text: "cita", reply_to: b.ids.message }),
    ],
    ["a channel's area", "POST", () => "/channels", () => ({ kind: "web", area_id: b.ids.area })],
    ["a channel's flow", "POST", () => "/channels", () => ({ kind: "web", flow_id: b.ids.flow })],
  ];

  it.each(bodies)("%s is refused and nothing is stored", async (_, method, path, body) => {
    const stored = await fingerprint(a.orgId);
    const answer = await call(method, path(), a.token.secret, body());
    expect([404, 422], answer.text).toContain(answer.status);
    expect(await fingerprint(a.orgId)).toBe(stored);
  });

  it("beside one's own ids spoils the whole of it (TA4)", async () => {
    const own = await getTicket(a.token.actor, a.tickets.open);
    for (const mixed of [
      { area_id: a.areas.support, assignee_id: b.ids.member },
      { area_id: b.ids.area, assignee_id: a.memberId(a.other), priority: "urgent" },
      { priority: "urgent", tags: ["x"], assignee_id: b.ids.member },
    ]) {
      const answer = await call("PATCH", `/tickets/${a.tickets.open}`, a.token.secret, mixed);
      expect([404, 422], answer.text).toContain(answer.status);
      expect(await getTicket(a.token.actor, a.tickets.open)).toEqual(own);
    }
  });

  it("an entry link's area of somebody else is left out", async () => {
    const { body } = await call("POST", `/public/${a.handle}/conversations`, null, { area: b.ids.area });
    const { conversation_id: id } = body.data as { conversation_id: string };
    const { rows } = await asSystem("test", (tx) => tx.execute(sql`select entry from conversation where id = ${id}`));
    expect(rows).toEqual([{ entry: null }]);
  });

  it.each([
    ["area", () => b.ids.area],
    ["assignee", () => b.ids.member],
    ["contact", () => b.ids.contact],
  ])("a list filtered by their %s is empty", async (name, id) => {
    const { body } = await call("GET", `/tickets?${name}=${id()}`, a.token.secret);
    expect(body.data).toEqual([]);
  });

  it("a client_id that they used is nobody's here", async () => {
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ client_id: string }>(sql`select client_id from message where id = ${b.ids.message}`),
    );
    const answer = await call("POST", `/conversations/${a.ids.conversation}/messages`, a.token.secret, {
      client_id: rows[0]?.client_id,
      text: "propio",
    });
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain(b.canary);
  });
});

describe("lists, searches and counts (TA3)", () => {
  it.each(ENDPOINTS.filter((one) => one.method === "GET" && !one.path.includes(":")).map((one) => one.path))(
    "GET %s holds nothing of another organisation",
    async (path) => {
      for (const token of [a.token.secret, agentToken, a.guest.token]) {
        for (const query of ["", `?q=${b.canary}`, "?limit=100", `?org_id=${b.orgId}`, `?q=%25`]) {
          const { text, status } = await call("GET", path + query, token);
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
    const plain = await call("GET", "/tickets", a.token.secret);
    const headers = { "x-org-id": b.orgId, "x-organisation": b.handle, "x-forwarded-host": `${b.handle}.guazu.test` };
    expect(
      (await call("GET", `/tickets?org=${b.orgId}&organisation_id=${b.orgId}`, a.token.secret, undefined, headers))
        .text,
    ).toBe(plain.text);
    const body = { kind: "web", org_id: b.orgId, orgId: b.orgId };
    expect((await call("POST", "/channels", a.token.secret, body)).status).toBe(400);
  });
});

describe("what an agent may not (TA11)", () => {
  it("channels are the admins' business", async () => {
    for (const [method, path] of [
      ["GET", "/channels"],
      ["POST", "/channels"],
      ["GET", `/channels/${a.whatsapp.channelId}/health`],
    ] as const) {
      const answer = await call(method, path, agentToken, method === "POST" ? { kind: "web" } : undefined);
      expect(answer.status, path).toBe(403);
    }
  });
});

afterAll(async () => {
  expect(await fingerprint(b.orgId)).toBe(before);
});
