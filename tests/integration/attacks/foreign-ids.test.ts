import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { topics } from "~/modules/messaging";
import { getTicket, updateTicket } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { clientFrame } from "../../../app/modules/realtime/sockets/parse-frame.server";
import type { SocketDouble } from "../../../app/modules/realtime/testing/hub-client-double";
import { type HubHarness, startHub } from "../../../app/modules/realtime/testing/hub-harness.server";
import { hubDoors } from "../../../app/runtime/hub-doors.server";
import { openSession } from "../../support/accounts/people";
import { outcome, call as pageCall } from "../../support/accounts/route-calls";
import { type FullWorld, makeFullWorld } from "../../support/full-world";
import { FORM_IDS, FRAME_IDS, type IdKind, TOPICS } from "../../support/route-map";
import { makeCustomer, memberWrites, withProduct } from "../../support/world";
import { deskForms, type Form } from "./desk-forms";
import { fingerprint } from "./fingerprint";

withProduct();

let a: FullWorld;
let b: FullWorld;
let theirs: Record<IdKind, string>;
let cookie = "";
let before = "";

beforeAll(async () => {
  a = await makeFullWorld();
  b = await makeFullWorld();
  cookie = (await openSession(a.admin.accountId)).cookie;
  const session = await openSession(b.admin.accountId);
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ id: string }>(sql`select id from invitation where org_id = ${b.orgId}`),
  );
  const { conversation, message, contact, area, member, flow, holiday, field, tag, delivery } = b.ids;
  const named = {
    view: b.ids.view,
    reply: b.ids.reply,
    macro: b.ids.macro,
    webhook: b.ids.webhook,
    conversation,
    message,
    contact,
    area,
    member,
    flow,
    ...{ holiday, field, tag, delivery },
    organisation: b.orgId,
  };
  type Thing = "channel" | "token" | "merge" | "secret" | "answer";
  const { rows: things } = await asSystem("test", (tx) =>
    tx.execute<Record<Thing, string>>(sql`select
      (select id from channel where org_id = ${b.orgId} limit 1) as channel,
      (select id from org_secret where org_id = ${b.orgId} limit 1) as secret,
      (select id from faq_entry where org_id = ${b.orgId} limit 1) as answer,
      (select id from api_token where org_id = ${b.orgId} limit 1) as token,
      (select id from contact_merge where org_id = ${b.orgId} limit 1) as merge`),
  );
  if (!things[0]) throw new Error("no rows");
  const made = { invitation: rows[0]?.id ?? "", session: session.sessionId, media: b.ids.file, own: newId() };
  theirs = { ...named, ...made, ...things[0], ticket: b.tickets.open, topic: `conversation:${conversation}` };
  before = await fingerprint(b.orgId);
});
afterAll(async () => {
  expect(await fingerprint(b.orgId)).toBe(before);
});

/** The names of the fields of a schema that take a UUID, however deep. */
function idFields(schema: z.ZodType): string[] {
  const found = new Set<string>();
  const walk = (node: unknown, name: string) => {
    if (typeof node !== "object" || node === null) return;
    const { format, properties, propertyNames, ...rest } = node as Record<string, unknown>;
    if (format === "uuid") found.add(name);
    for (const [field, value] of Object.entries((properties as object) ?? {})) walk(value, field);
    if (propertyNames) walk(propertyNames, name);
    for (const value of Object.values(rest)) if (typeof value === "object") walk(value, name);
  };
  walk(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), "");
  return [...found].sort();
}

const namesOf = (ids: Record<string, IdKind>) => Object.keys(ids).sort();
/** The fields by which another's row could be named. */
const naming = (ids: Record<string, IdKind>) => Object.entries(ids).filter(([, kind]) => kind !== "own");

describe("the map of ids", () => {
  it("names every id in the forms and calls of the pages", () => {
    const field = /(\w+): (?:z\.\w+\(\[?)?(?:z\.uuid\(|fields\.id\b|optionalId)|const (\w+) = z\.array\(fields\.id\)/g;
    const found: Record<string, string[]> = {};
    for (const folder of readdirSync("app/routes").filter((name) => name !== "api.v1.$")) {
      const files = readdirSync(`app/routes/${folder}`).filter((name) => /^(route|.*\.server)\.tsx?$/.test(name));
      const text = files.map((name) => readFileSync(`app/routes/${folder}/${name}`, "utf8")).join("\n");
      const names = [...text.matchAll(field)].map(([, one, other]) => one ?? other ?? "");
      if (names.length > 0) found[folder] = [...new Set(names)].sort();
    }
    expect(found).toEqual(Object.fromEntries(Object.entries(FORM_IDS).map(([name, ids]) => [name, namesOf(ids)])));
  });

  it("names every frame of the hub with its ids, and every topic", () => {
    const found = clientFrame.options.map((option) => {
      const topic = "topic" in option.shape ? ["topic"] : [];
      return [option.shape.t.value, [...idFields(option), ...topic].sort()];
    });
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(FRAME_IDS).map(([name, ids]) => [name, namesOf(ids)])),
    );
    expect(Object.keys(TOPICS).sort()).toEqual(Object.keys(topics).sort());
  });
});

const AREA = {
  ...{ name: "Otra", visibility: "open", replyMode: "claim", assignment: "manual", cap: "8", stickyDays: "1" },
  ...{ autoReturnMinutes: "", autoCloseHours: "", waitLimitMinutes: "30" },
};
const areaForm = (fields: object): Form => ({
  route: "admin.areas_.$areaId",
  params: { areaId: a.areas.support },
  fields,
});

/** Where an id stands that is not a field of the form itself. */
const PLACES: Record<string, (fields: Record<string, unknown>, id: string) => object> = {
  "inbox_.bulk areaId": (fields, areaId) => ({ ...fields, patch: { areaId } }),
  "inbox_.bulk assigneeId": (fields, assigneeId) => ({ ...fields, patch: { assigneeId } }),
  "inbox_.bulk ids": (fields, id) => ({ ...fields, ids: [id] }),
  "inbox_.macros ids": (fields, id) => ({ ...fields, ids: [id] }),
  "inbox_.bulk id": (fields, id) => ({ ...fields, undo: (fields.undo as object[]).map((one) => ({ ...one, id })) }),
};

/** A right form for each id, but for that id. */
const FORMS: Record<string, () => Form> = {
  "admin.areas areaId": () => ({
    route: "admin.areas",
    fields: { intent: "up" },
  }),
  "admin.areas_.$areaId memberIds": () => areaForm({ intent: "people" }),
  "admin.areas_.$areaId overflowAreaId": () => areaForm({ ...AREA, intent: "update", overflowMinutes: "30" }),
  "admin.areas_.$areaId toAreaId": () => areaForm({ intent: "archive" }),
  "admin.channels areaId": () => ({
    route: "admin.channels",
    fields: { intent: "update", channelId: a.whatsapp.channelId, name: "Otro", flowId: "", reopenHours: "1" },
  }),
  "admin.channels channelId": () => ({ route: "admin.channels", fields: { intent: "disable" } }),
  "admin.channels flowId": () => ({
    route: "admin.channels",
    fields: {
      ...{ intent: "update", channelId: a.whatsapp.channelId, name: "Otro", reopenHours: "1" },
      areaId: a.areas.support,
    },
  }),
  "admin.hours areaId": () => ({
    route: "admin.hours",
    fields: { intent: "week", hours: "null", hoursText: "Cerrado" },
  }),
  "admin.hours holidayId": () => ({ route: "admin.hours", fields: { intent: "remove" } }),
  "admin.tokens tokenId": () => ({ route: "admin.tokens", fields: { intent: "revoke" } }),
  "admin.webhooks_.$webhookId deliveryId": () => ({
    route: "admin.webhooks_.$webhookId",
    params: { webhookId: a.ids.webhook },
    fields: { intent: "again" },
  }),
  "admin.fields fieldId": () => ({
    route: "admin.fields",
    fields: { intent: "change", label: "Otro", options: "" },
  }),
  "admin.answers answerId": () => ({ route: "admin.answers", fields: { intent: "delete" } }),
  "admin.secrets keyId": () => ({ route: "admin.secrets", fields: { intent: "delete" } }),
  "admin.tags tagId": () => ({ route: "admin.tags", fields: { intent: "change", name: "otra", colour: "grey" } }),
  "admin.tags intoId": () => ({ route: "admin.tags", fields: { intent: "merge", tagId: a.ids.tag } }),
  "bots._index flowId": () => ({ route: "bots._index", fields: { intent: "archive" } }),
  "contacts_.$contactId mergedId": () => ({
    route: "contacts_.$contactId",
    params: { contactId: a.ids.contact },
    fields: { intent: "merge" },
  }),
  "contacts_.$contactId mergeId": () => ({
    route: "contacts_.$contactId",
    params: { contactId: a.ids.contact },
    fields: { intent: "undo" },
  }),
  "admin.members areaIds": () => ({
    route: "admin.members",
    fields: { intent: "member", memberId: a.memberId(a.agent), role: "agent" },
  }),
  "admin.members memberId": () => ({ route: "admin.members", fields: { intent: "remove" } }),
  "admin.members invitationId": () => ({ route: "admin.members", fields: { intent: "revoke" } }),
  "conversations.$id.messages reply_to": () => ({
    route: "conversations.$id.messages",
    params: { id: a.ids.conversation },
    json: true,
    fields: { client_id: newId(), text: "cita" },
  }),
  "conversations.$id.messages attachments": () => ({
    route: "conversations.$id.messages",
    params: { id: a.ids.conversation },
    json: true,
    fields: { client_id: newId(), text: "adjunto" },
  }),
  "conversations.$id.draft reply_to": () => ({
    route: "conversations.$id.draft",
    params: { id: a.ids.conversation },
    json: true,
    fields: { text: "cita", updated_at: new Date().toISOString() },
  }),
  "conversations.$id.scheduled reply_to": () => ({
    route: "conversations.$id.scheduled",
    params: { id: a.ids.conversation },
    json: true,
    fields: { client_id: newId(), text: "cita", send_at: new Date(Date.now() + 60_000).toISOString() },
  }),
  "conversations.$id.scheduled attachments": () => ({
    route: "conversations.$id.scheduled",
    params: { id: a.ids.conversation },
    json: true,
    fields: { client_id: newId(), text: "adjunto", send_at: new Date(Date.now() + 60_000).toISOString() },
  }),
  ...deskForms(() => a),
  "me orgId": () => ({ route: "me", fields: { intent: "availability", availability: "away" } }),
  "settings sessionId": () => ({ route: "settings", fields: { intent: "revoke" } }),
  "settings orgId": () => ({ route: "settings", fields: { intent: "leave" } }),
};

async function post({ route, params = {}, json, fields }: Form) {
  const file = resolve(`app/routes/${route}/route`);
  const { action } = await import(
    /* @vite-ignore */ ["tsx", "ts"].map((end) => `${file}.${end}`).find(existsSync) ?? ""
  );
  const args = pageCall(cookie, "/x", json ? undefined : (fields as Record<string, string>));
  const request = json
    ? new Request("https://guazu.test/x", {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify(fields),
      })
    : args.request;
  const answer: unknown = await Promise.resolve(action({ ...args, request, params })).catch((error: unknown) => error);
  const said = json && answer instanceof Response && answer.ok ? await answer.json() : null;
  return { ...(await outcome(answer)), ...(said && { data: said }) };
}

describe("another organisation's id in a form (TA2)", () => {
  const cases = Object.entries(FORM_IDS).flatMap(([route, ids]) =>
    naming(ids).map(([field, kind]) => [`${route} ${field}`, field, kind] as const),
  );
  it.each(cases)("%s is as good as an id that nobody has, and nothing is stored", async (name, field, kind) => {
    const form = FORMS[name];
    if (!form) throw new Error(`say in FORMS what ${name} needs`);
    const stored = await fingerprint(a.orgId);
    const answers = [];
    for (const id of [theirs[kind], newId()]) {
      const { fields, ...rest } = form();
      const value = field === "attachments" ? [id] : id;
      const placed = PLACES[name]?.(fields as Record<string, unknown>, id) ?? { ...fields, [field]: value };
      // An answer may name what was asked for: its own id tells nothing.
      const answer = await post({ ...rest, fields: placed });
      answers.push(JSON.parse(JSON.stringify(answer).replaceAll(id, "asked")));
    }
    expect(answers[0]).toEqual(answers[1]);
    // A form that the person can mend is answered with its code; nothing of it went through.
    const refused = JSON.stringify(answers[0]);
    expect(refused).toMatch(/not_found|_unknown|404/);
    expect(refused).not.toContain(b.canary);
    expect(await fingerprint(a.orgId)).toBe(stored);
  });
});

describe("another organisation's id in a frame (TA2, TB3)", () => {
  let hub: HubHarness;
  let socket: SocketDouble;
  beforeAll(async () => {
    hub = await startHub({ doors: () => hubDoors });
    socket = await hub.open(a.token.secret);
  });
  afterAll(() => hub.stop());

  const own = (kind: IdKind): string =>
    ({ conversation: a.ids.conversation, message: a.ids.message, topic: `conversation:${a.ids.conversation}` })[
      kind as "conversation"
    ] ?? newId();
  const REST: Record<string, object> = {
    send: { text: "¿se lee?" },
    edit: { text: "x" },
    react: { emoji: "👍", on: true },
    read: { seq: 1 },
  };
  const cases = Object.entries(FRAME_IDS).flatMap(([t, ids]) =>
    naming(ids).map(([field, kind]) => [t, field, kind] as const),
  );

  it.each(cases.filter(([t]) => !["hello", "unsub"].includes(t)))("%s %s is refused", async (t, field, kind) => {
    const stored = await fingerprint(a.orgId);
    const codes: unknown[] = [];
    for (const id of [theirs[kind], kind === "topic" ? `conversation:${newId()}` : newId()]) {
      const ids = Object.fromEntries(
        Object.entries(FRAME_IDS[t] ?? {})
          .filter(([name]) => !["attachments", "reply_to"].includes(name) || name === field)
          .map(([name, one]) => [name, name === field ? id : own(one)]),
      );
      const frame = { t, ...ids, ...REST[t], ...(field === "attachments" && { attachments: [id] }) };
      socket.frames.length = 0;
      socket.say(frame);
      codes.push((await socket.wait((heard) => heard.t === "error")).code);
    }
    expect(codes[0]).toBe(codes[1]);
    expect(["not_found", "forbidden", "not_subscribed"]).toContain(codes[0]);
    expect(JSON.stringify(socket.frames)).not.toContain(b.canary);
    expect(await fingerprint(a.orgId)).toBe(stored);
  });

  it("hello tells nothing of their conversations, nor does leaving one (TB6)", async () => {
    socket.frames.length = 0;
    socket.say({ t: "unsub", topic: theirs.topic });
    const conversations = { [b.ids.conversation]: 0, [a.ids.conversation]: 0, [newId()]: 0 };
    socket.say({ t: "hello", resume: { conversations, feed: "0.0" } });
    const welcome = await socket.wait((frame) => frame.t === "welcome");
    expect(Object.keys(welcome.heads as object)).toEqual([a.ids.conversation]);
    expect(JSON.stringify(socket.frames)).not.toContain(b.canary);
  });

  it.each(Object.keys(TOPICS))("the server's own topic %s cannot be asked for by its name (TB3)", async (name) => {
    const make = topics[name as keyof typeof topics] as (...ids: string[]) => string;
    for (const world of [a, b]) {
      const ids = name.startsWith("conversation") ? [world.ids.conversation] : [world.orgId, world.ids.area];
      socket.frames.length = 0;
      socket.say({ t: "sub", topic: make(...ids) });
      expect((await socket.wait((frame) => frame.t === "error")).code).toBe("forbidden");
    }
    socket.frames.length = 0;
    socket.say({ t: "sub", topic: `organisation:${b.orgId}:tickets` });
    expect((await socket.wait((frame) => frame.t === "error")).code).toBe("not_found");
  });
});

describe("quoting and moving as a way to read (TA5)", () => {
  it("a message of a conversation that one does not see cannot be quoted, changed or given an emoji", async () => {
    // An agent of Soporte, and a conversation that stays with Ventas.
    const rosa = await makeCustomer(a, a.canary);
    await rosa.writes("hola");
    const hidden = await memberWrites(a.admin, rosa.conversationId, "secreto de Ventas", { visibility: "staff" });
    const seen = await makeCustomer(a, a.canary);
    await seen.writes("hola");
    await seen.writes("Soporte");
    const quoting = memberWrites(a.other, seen.conversationId, "cito", { replyTo: hidden.id });
    await expect(quoting).rejects.toMatchObject({ status: 404, code: "not_found" });
    const visible = await memberWrites(a.admin, seen.conversationId, "visible");
    expect((await memberWrites(a.other, seen.conversationId, "cito", { replyTo: visible.id })).replyTo).toBe(
      visible.id,
    );
  });

  it("who may not manage a ticket cannot move it to where they see it; who moves it away reads it no more", async () => {
    const rosa = await makeCustomer(a, a.canary);
    await rosa.writes("hola");
    await rosa.writes("Ventas");
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ id: string }>(sql`select id from ticket where conversation_id = ${rosa.conversationId}`),
    );
    const id = rows[0]?.id ?? "";
    const take = updateTicket(a.other, id, { areaId: a.areas.support });
    await expect(take).rejects.toMatchObject({ status: 404 });
    const take2 = updateTicket(a.other, id, { assigneeId: a.memberId(a.other) });
    await expect(take2).rejects.toMatchObject({ status: 404 });
    await updateTicket(a.agent, id, { assigneeId: a.memberId(a.agent) });
    await updateTicket(a.agent, id, { areaId: a.areas.support });
    await expect(getTicket(a.agent, id)).rejects.toMatchObject({ status: 404 });
    expect((await getTicket(a.other, id)).id).toBe(id);
  });
});
