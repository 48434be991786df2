import { createHmac } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { listAudit, removeMember, runAs, updateArea } from "~/modules/accounts/index.server";
import { listNotices, readNotices } from "~/modules/tickets/index.server";
import { moveClock } from "~/platform/clock";
import { asSystem } from "~/platform/db.server";
import type { FetchInput, GuardedFetch } from "~/platform/guarded-fetch/guarded-fetch.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../../tests/support/world";
import { deleteWebhook, renewSecret, updateWebhook } from "./change-webhook.server";
import { collectEvents } from "./collect-events.server";
import { createWebhook } from "./create-webhook.server";
import { deliverLine } from "./deliver-webhook.server";
import { listDeliveries, listWebhooks } from "./list-webhooks.server";
import { sendAgain, tryWebhook } from "./send-again.server";
import { WEBHOOK_EVENTS } from "./webhook-fields";

withProduct();

type Body = { id: string; event: string; data: { message: { text: string }; ticket: Record<string, unknown> } };
type Told = {
  url: string;
  headers: Record<string, string>;
  body: Body;
  raw: string;
};
const HOUR = 3_600_000;
let world: World;
let told: Told[];
/** What the address answers. */
let answers: (n: number) => number;
const ask: GuardedFetch = async (url, input: FetchInput = {}) => {
  const raw = input.body ?? "";
  told.push({ url, headers: input.headers ?? {}, raw, body: JSON.parse(raw) });
  return { status: answers(told.length), url, headers: {}, body: Buffer.from("") };
};

beforeEach(async () => {
  world = await makeWorld();
  told = [];
  answers = () => 200;
});
afterEach(() => moveClock(0));

const as = (actor: AccountActor) => runAs(actor, world.orgId);
const make = async (change: object = {}, actor = world.admin) => {
  const webhook = { url: "https://shop.example/hook", events: [...WEBHOOK_EVENTS], ...change };
  const made = await as(actor)((ctx) => createWebhook(ctx, { orgId: world.orgId, webhook }));
  return { webhookId: made.webhook.id, secret: made.secret };
};
const lines = async (webhookId: string) =>
  asSystem("test", (tx) =>
    tx
      .selectDistinct({ line: schema.webhookDelivery.line })
      .from(schema.webhookDelivery)
      .where(eq(schema.webhookDelivery.webhookId, webhookId)),
  );
/** Until all that was written is before the horizon, which a transaction of another suite's database holds back too. */
async function horizonPasses(): Promise<void> {
  const value = async (of: SQL) =>
    BigInt((await asSystem("test", (tx) => tx.execute<{ x: string }>(sql`select ${of}::text as x`))).rows[0]?.x ?? 0);
  const written = await value(sql`pg_current_xact_id()`);
  await expect
    .poll(() => value(sql`pg_snapshot_xmin(pg_current_snapshot())`), { timeout: 10_000 })
    .toBeGreaterThan(written);
}

async function collect(): Promise<void> {
  await horizonPasses();
  await collectEvents();
}

/** Everything that the jobs would do now. */
async function deliver(webhookId: string, fetch = ask) {
  await collect();
  for (const { line } of await lines(webhookId)) await deliverLine({ orgId: world.orgId, webhookId, line }, fetch);
}
const logOf = async (webhookId: string) =>
  (await as(world.admin)((ctx) => listDeliveries(ctx, { orgId: world.orgId, webhookId, limit: 100 }))).deliveries;

describe("outgoing webhooks", () => {
  it("tell what happens from then on, in order, each once, as the API shows it", async () => {
    const rosa = await makeCustomer(world);
    await rosa.writes("antes");
    const { webhookId } = await make();
    await rosa.writes("uno");
    await memberWrites(world.admin, rosa.conversationId, "dos");
    await deliver(webhookId);
    await deliver(webhookId);
    const messages = told.filter(({ body }) => body.event === "message.created");
    expect(messages.map(({ body }) => body.data.message.text)).toEqual(["uno", "dos"]);
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(messages[0]?.body).toMatchObject({
      organisation_id: world.orgId,
      data: { ticket: { id: ticket.id, number: ticket.number } },
    });
    const changed = told.filter(({ body }) => body.event === "ticket.changed").at(-1);
    expect(changed?.body.data.ticket).toMatchObject({ id: ticket.id, state: "open", assignee: ticket.assignee });
    expect(new Set(told.map(({ body }) => body.id)).size).toBe(told.length);
    expect((await logOf(webhookId)).every(({ state }) => state === "sent")).toBe(true);
  });

  it("of one organisation and of several are each told their own, wherever each stands", async () => {
    const rosa = await makeCustomer(world);
    const events = async (webhookId: string) => (await logOf(webhookId)).map(({ event }) => event);
    const old = await make({ events: ["message.created"] });
    await rosa.writes("uno");
    await collect();
    // Stands later than the first, and hears of other things.
    const young = await make({ events: ["ticket.changed"] });
    const twin = await make({ events: ["message.created"] });
    const elsewhere = await makeWorld();
    const webhook = { url: "https://other.example/hook", events: ["message.created" as const] };
    await runAs(elsewhere.admin, elsewhere.orgId)((ctx) => createWebhook(ctx, { orgId: elsewhere.orgId, webhook }));
    await (await makeCustomer(elsewhere)).writes("ajeno");
    await rosa.writes("dos");
    await collect();
    await collect();
    expect(await events(old.webhookId)).toEqual(["message.created", "message.created"]);
    expect(await events(twin.webhookId)).toEqual(["message.created"]);
    expect(new Set(await events(young.webhookId))).toEqual(new Set(["ticket.changed"]));
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from webhook_delivery where org_id = ${elsewhere.orgId}`),
    );
    expect(rows[0]?.n).toBe(1);
  });

  it("are signed with the time and their own secret; a new one counts at once, the former a day longer (TI8)", async () => {
    const { webhookId, secret } = await make();
    const other = await make();
    const fits = ({ headers, raw }: Told, key: string) => {
      const [t, ...signed] = (headers["x-guazu-signature"] ?? "").split(",");
      const right = createHmac("sha256", key)
        .update(`${t?.slice(2)}.${raw}`)
        .digest("hex");
      expect(Math.abs(Number(t?.slice(2)) - Date.now() / 1_000)).toBeLessThan(60);
      return signed.includes(`v1=${right}`);
    };
    const trial = async () => {
      await as(world.admin)((ctx) => tryWebhook(ctx, { orgId: world.orgId, webhookId }));
      await deliver(webhookId);
      return told.at(-1) as Told;
    };
    const first = await trial();
    expect([fits(first, secret), fits(first, other.secret)]).toEqual([true, false]);
    const renewed = await as(world.admin)((ctx) => renewSecret(ctx, { orgId: world.orgId, webhookId }));
    const second = await trial();
    expect([fits(second, renewed.secret), fits(second, secret)]).toEqual([true, true]);
    moveClock(25 * HOUR);
    const third = await trial();
    expect([fits(third, renewed.secret), fits(third, secret)]).toEqual([true, false]);
    const { rows } = await asSystem("test", (tx) => tx.execute(sql`select * from webhook`));
    expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
    const listed = await as(world.admin)((ctx) => listWebhooks(ctx, world.orgId));
    expect(JSON.stringify(listed)).not.toMatch(/whs_|sealed/);
  });

  it("keep the order of a customer while one is refused, and hold up nobody else", async () => {
    const { webhookId } = await make({ events: ["message.created"] });
    const [rosa, juan] = [await makeCustomer(world), await makeCustomer(world, "Juan")];
    await rosa.writes("r1");
    await deliver(webhookId, async (url, input) => ({ ...(await ask(url, input)), status: 503 }));
    await rosa.writes("r2");
    await juan.writes("j1");
    await deliver(webhookId);
    expect(told.map(({ body }) => body.data.message.text)).toEqual(["r1", "j1"]);
    moveClock(11_000);
    await deliver(webhookId);
    expect(told.map(({ body }) => body.data.message.text)).toEqual(["r1", "j1", "r1", "r2"]);
    expect(told[2]?.body.id).toBe(told[0]?.body.id);
  });

  it("give an event up after a day, and an address after three, which the log tells", async () => {
    const { webhookId } = await make({ events: ["message.created"] });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    answers = () => 500;
    await deliver(webhookId);
    expect(await logOf(webhookId)).toMatchObject([{ state: "waiting", attempts: 1, status: 500, error: "http_500" }]);
    moveClock(25 * HOUR);
    await deliver(webhookId);
    expect(await logOf(webhookId)).toMatchObject([{ state: "failed", attempts: 2 }]);
    moveClock(73 * HOUR);
    await rosa.writes("otra vez");
    await deliver(webhookId);
    const [listed] = await as(world.admin)((ctx) => listWebhooks(ctx, world.orgId));
    expect(listed).toMatchObject({ disabledBy: "failing" });
    const { entries } = await as(world.admin)((ctx) => listAudit(ctx, { orgId: world.orgId, limit: 1 }));
    expect(entries[0]).toMatchObject({ action: "webhook.disabled", actorKind: "system", after: { reason: "failing" } });
    const host = { kind: "webhook_off", webhook_id: webhookId, ticket_id: null, reason: "failing", by: "shop.example" };
    expect((await listNotices(world.admin, world.orgId, { limit: 5 })).notices[0]).toMatchObject(host);
    const ofAgent = await listNotices(world.agent, world.orgId, { limit: 50 });
    expect(ofAgent.notices.filter(({ kind }) => kind === "webhook_off")).toEqual([]);
    const again = as(world.admin)((ctx) => tryWebhook(ctx, { orgId: world.orgId, webhookId }));
    await expect(again).rejects.toMatchObject({ code: "webhook_disabled", status: 409 });
  });

  it("never ask an address inside, whatever name leads there, and follow nowhere (TH8)", async () => {
    for (const url of [
      "https://127.0.0.1/hook",
      "https://10.0.0.1/",
      "https://[::1]/",
      "https://localhost/",
      "https://169.254.169.254/latest",
    ]) {
      const { webhookId } = await make({ url });
      await as(world.admin)((ctx) => tryWebhook(ctx, { orgId: world.orgId, webhookId }));
      await deliverLine({ orgId: world.orgId, webhookId, line: webhookId });
      const [sent] = await logOf(webhookId);
      expect(sent, url).toMatchObject({ state: "waiting", status: null, error: "address_refused" });
    }
    answers = () => 302;
    const { webhookId } = await make();
    await as(world.admin)((ctx) => tryWebhook(ctx, { orgId: world.orgId, webhookId }));
    await deliver(webhookId);
    expect(await logOf(webhookId)).toMatchObject([{ state: "waiting", status: 302 }]);
    for (const url of [
      "http://shop.example/",
      "https://a:b@shop.example/",
      "ftp://shop.example/",
      "javascript:alert(1)",
      "",
      "shop",
    ]) {
      await expect(make({ url }), url).rejects.toMatchObject({ code: "webhook_url_invalid", status: 422 });
    }
  });

  it("tell colleagues' notes only where that was asked for", async () => {
    const quiet = await make();
    const open = await make({ notes: true });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await memberWrites(world.admin, rosa.conversationId, "nota-secreta", { visibility: "staff" });
    await deliver(quiet.webhookId);
    expect(told.some(({ raw }) => raw.includes("nota-secreta"))).toBe(false);
    expect(told.length).toBeGreaterThan(0);
    await deliver(open.webhookId);
    expect(told.some(({ raw }) => raw.includes("nota-secreta"))).toBe(true);
  });

  it("see with their member's eyes, and end with the member", async () => {
    const { webhookId } = await make();
    const member = { orgId: world.orgId, memberId: world.memberId(world.agent) };
    await asSystem("test", (tx) =>
      tx.update(schema.webhook).set({ memberId: member.memberId }).where(eq(schema.webhook.id, webhookId)),
    );
    for (const areaId of Object.values(world.areas)) {
      await as(world.admin)((ctx) =>
        updateArea(ctx, { orgId: world.orgId, areaId, change: { visibility: "private" } }),
      );
    }
    const rosa = await makeCustomer(world);
    await rosa.writes("no es suyo");
    const ticket = await ticketOf(world, rosa.conversationId);
    await asSystem("test", (tx) =>
      tx.update(schema.ticket).set({ areaId: world.areas.support }).where(eq(schema.ticket.id, ticket.id)),
    );
    await deliver(webhookId);
    expect(told).toEqual([]);
    expect(await logOf(webhookId)).toEqual([]);
    await as(world.admin)((ctx) => removeMember(ctx, member));
    await as(world.admin)((ctx) => tryWebhook(ctx, { orgId: world.orgId, webhookId }));
    await deliver(webhookId);
    expect(told).toEqual([]);
    const [listed] = await as(world.admin)((ctx) => listWebhooks(ctx, world.orgId));
    expect(listed).toMatchObject({ disabledBy: "member" });
    const [newest] = (await listNotices(world.admin, world.orgId, { limit: 1 })).notices;
    expect(newest).toMatchObject({ kind: "webhook_off", webhook_id: webhookId, reason: "member", number: null });
    await readNotices(world.admin, world.orgId, { webhookId });
    expect((await listNotices(world.admin, world.orgId, { limit: 1 })).notices[0]?.read_at).not.toBeNull();
    await expect(readNotices(world.agent, world.orgId, { webhookId })).rejects.toMatchObject({ status: 404 });
  });

  it("are switched off where a program answers each by the same again, which the admins are told (TH9)", async () => {
    const { webhookId } = await make({ events: ["message.created"] });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    let written = 0;
    const isOn = async () => (await as(world.admin)((ctx) => listWebhooks(ctx, world.orgId)))[0]?.disabledBy === null;
    while (written < 400 && (await isOn())) {
      for (let n = 0; n < 20; n++) await memberWrites(world.agent, rosa.conversationId, `eco ${++written}`);
      await deliver(webhookId);
    }
    expect(written).toBeGreaterThan(150);
    expect(written).toBeLessThan(300);
    const [newest] = (await listNotices(world.admin, world.orgId, { limit: 1 })).notices;
    expect(newest).toMatchObject({ kind: "webhook_off", webhook_id: webhookId, reason: "loop" });
    const count = told.length;
    await memberWrites(world.agent, rosa.conversationId, "una más");
    await deliver(webhookId);
    expect(told).toHaveLength(count);
  });

  it("say what was taken back as it is now: without its words, also when sent again", async () => {
    const { webhookId } = await make({ events: ["message.created"] });
    const rosa = await makeCustomer(world);
    const { id } = await rosa.writes("mi-clave-es-1234");
    await deliver(webhookId);
    await asSystem("test", (tx) =>
      tx.update(schema.message).set({ deletedAt: new Date(), text: "" }).where(eq(schema.message.id, id)),
    );
    const [sent] = await logOf(webhookId);
    await as(world.admin)((ctx) => sendAgain(ctx, { orgId: world.orgId, webhookId, deliveryId: sent?.id ?? "" }));
    await deliver(webhookId);
    expect(told).toHaveLength(2);
    expect(told[1]?.body.id).toBe(told[0]?.body.id);
    expect(told[1]?.raw).not.toContain("mi-clave-es-1234");
  });

  it("are the admins' alone, each of their own organisation", async () => {
    const { webhookId } = await make();
    const other = await makeWorld();
    const named = { orgId: world.orgId, webhookId };
    const verbs = [
      (actor: AccountActor, at = named) =>
        runAs(actor, at.orgId)((ctx) => updateWebhook(ctx, { ...at, change: { notes: true } })),
      (actor: AccountActor, at = named) => runAs(actor, at.orgId)((ctx) => renewSecret(ctx, at)),
      (actor: AccountActor, at = named) => runAs(actor, at.orgId)((ctx) => tryWebhook(ctx, at)),
      (actor: AccountActor, at = named) =>
        runAs(actor, at.orgId)((ctx) => sendAgain(ctx, { ...at, deliveryId: newId() })),
      (actor: AccountActor, at = named) => runAs(actor, at.orgId)((ctx) => listDeliveries(ctx, { ...at, limit: 1 })),
      (actor: AccountActor, at = named) => runAs(actor, at.orgId)((ctx) => deleteWebhook(ctx, at)),
    ];
    for (const verb of verbs) {
      await expect(verb(world.agent)).rejects.toMatchObject({ status: 403 });
      await expect(verb(other.admin)).rejects.toMatchObject({ status: 404 });
      await expect(verb(other.admin, { ...named, orgId: other.orgId })).rejects.toMatchObject({ status: 404 });
    }
    await expect(make({}, world.agent)).rejects.toMatchObject({ status: 403 });
    expect(await as(world.admin)((ctx) => listWebhooks(ctx, world.orgId))).toHaveLength(1);
    await as(world.admin)((ctx) => updateWebhook(ctx, { ...named, change: { enabled: false } }));
    await as(world.admin)((ctx) => deleteWebhook(ctx, named));
    const { entries } = await as(world.admin)((ctx) => listAudit(ctx, { orgId: world.orgId, limit: 3 }));
    expect(entries.map(({ action }) => action)).toEqual(["webhook.deleted", "webhook.changed", "webhook.created"]);
  });
});
