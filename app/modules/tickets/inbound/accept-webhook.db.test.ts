import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import {
  addChannel,
  disableChannel,
  driverOfObject,
  getChannelHealth,
  updateChannel,
} from "~/modules/channels/index.server";
import { asSystem, closeDatabase, database, openDatabase } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { runQuery } from "../../../../tests/support/postgres-query";
import {
  APP_SECRET,
  acceptBody,
  bytesOf,
  readInbox,
  receive,
  signature,
  waitingBodies,
} from "../../../../tests/support/webhooks";
import { NUMBER, textMessage, whatsAppBody, whatsAppChange } from "../../../../tests/support/whatsapp-bodies";
import { connectWhatsapp, makeWorld, withProduct } from "../../../../tests/support/world";
import { acceptWebhook } from "./accept-webhook.server";

withProduct();

const body = whatsAppBody(whatsAppChange({ messages: [textMessage()] }));
const raw = bytesOf(body);
const hmac = (algorithm: string, secret: string, bytes: Buffer) =>
  createHmac(algorithm, secret).update(bytes).digest("hex");

/** Asked as the owner: the queue's tables are closed to the application's roles. */
const stored = async () => {
  const [row] = await runQuery(
    database().url,
    `select (select count(*)::int from webhook_inbox) as inbox, (select count(*)::int from message) as messages,
      (select count(*)::int from graphile_worker.jobs) as jobs`,
  );
  return row as { inbox: number; messages: number; jobs: number };
};

describe("the signature of a webhook (TI1)", () => {
  const refused: [string, string | null][] = [
    ["none", null],
    ["an empty one", ""],
    ["one of another secret", signature(raw, "another")],
    ["one of the empty secret", signature(raw, "")],
    ["SHA-1", `sha1=${hmac("sha1", APP_SECRET, raw)}`],
    ["SHA-1 under the name of SHA-256", `sha256=${hmac("sha1", APP_SECRET, raw)}`],
    ["upper-case digits", `sha256=${hmac("sha256", APP_SECRET, raw).toUpperCase()}`],
    ["one of another body", signature(Buffer.concat([raw, Buffer.from(" ")]))],
    ["one of the same JSON written otherwise", signature(Buffer.from(JSON.stringify(body, null, 1)))],
    ["digits without the name", hmac("sha256", APP_SECRET, raw)],
    ["a part of it", signature(raw).slice(0, -1)],
    ["more than it", `${signature(raw)}00`],
    ["two in one", `${signature(raw)}, ${signature(raw)}`],
    ["not hexadecimal", `sha256=${"z".repeat(64)}`],
  ];

  it.each(refused)("%s is refused and nothing is stored", async (_, header) => {
    const before = await stored();
    await expect(acceptWebhook(raw, header)).rejects.toMatchObject({ status: 401, code: "signature_invalid" });
    expect(await stored()).toEqual(before);
  });

  it("is judged over the bytes that came, escapes and all", async () => {
    const escaped = Buffer.from('{"object":"whatsapp_business_account","x":"caf\\u00e9 \\ud83d\\ude00 a\\/b"}');
    await expect(
      acceptWebhook(escaped, signature(Buffer.from(JSON.stringify(JSON.parse(escaped.toString()))))),
    ).rejects.toMatchObject({ status: 401 });
    await acceptWebhook(escaped, signature(escaped));
  });

  it("admits an organisation's own secret", async () => {
    const world = await makeWorld();
    await connectWhatsapp(world, "771", "its own secret");
    await acceptWebhook(raw, signature(raw, "its own secret"));
    await expect(acceptWebhook(raw, signature(raw, "its old secret"))).rejects.toMatchObject({ status: 401 });
  });

  it("is measured by the secrets of this moment", async () => {
    const world = await makeWorld();
    const { id } = await connectWhatsapp(world, "772", "the first");
    const answer = (secret: string) =>
      acceptWebhook(raw, signature(raw, secret)).then(
        () => "stored",
        (error) => error.code,
      );
    expect(await Promise.all(["the first", "the second"].map(answer))).toEqual(["stored", "signature_invalid"]);
    await updateChannel(world.admin, world.orgId, id, { settings: { app_secret: "the second" } });
    // The app's own beside it: what was remembered of the secrets is found out also where one of the bodies is good.
    expect(await Promise.all([APP_SECRET, "the first", "the second"].map(answer))).toEqual([
      "stored",
      "signature_invalid",
      "stored",
    ]);
  });
});

describe("a webhook that was accepted", () => {
  it("is stored whole, with the job that reads it, before it is answered", async () => {
    await readInbox();
    const before = await stored();
    await acceptWebhook(raw, signature(raw));
    expect(await stored()).toEqual({ inbox: before.inbox + 1, messages: before.messages, jobs: before.jobs + 1 });
    const [row] = await asSystem("test", (tx) =>
      tx.select().from(schema.webhookInbox).where(sql`processed_at is null`),
    );
    expect(row).toMatchObject({ object: "whatsapp_business_account", verifiedBy: ["app"] });
    expect(row?.body.equals(raw)).toBe(true);
  });

  it("is stored among many that come at once; those that nobody signed are refused, each for itself", async () => {
    await readInbox();
    const before = await stored();
    const bodies = Array.from({ length: 70 }, (_, n) => Buffer.from(`{"object":"page","n":${n}}`));
    const answers = await Promise.allSettled(
      bodies.map((bytes, n) => acceptWebhook(bytes, n % 7 === 0 ? "sha256=00" : signature(bytes))),
    );
    const refused = answers.flatMap((answer, n) => (answer.status === "rejected" ? [n] : []));
    expect(refused).toEqual([0, 7, 14, 21, 28, 35, 42, 49, 56, 63]);
    expect(await stored()).toEqual({ ...before, inbox: before.inbox + 60, jobs: before.jobs + 60 });
    const rows = await waitingBodies();
    const signed = bodies.filter((_, n) => n % 7 !== 0).map(String);
    expect(rows.map((row) => row.body.toString())).toEqual(signed);
    await readInbox();
  });

  it("is answered with 503 while the database is away, and taken once it is back", async () => {
    const world = await makeWorld();
    await connectWhatsapp(world, NUMBER);
    const { url } = database();
    await closeDatabase();
    const nobody = new URL(url);
    nobody.port = "1";
    openDatabase(nobody.href);
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => acceptBody(body)));
    await closeDatabase();
    openDatabase(url);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: "rejected",
        reason: { code: "unavailable", status: 503, retryable: true },
      });
    }
    await receive(body);
    await receive(body);
    const rows = await asSystem("test", (tx) => tx.select().from(schema.message));
    expect(rows.filter((row) => row.orgId === world.orgId)).toHaveLength(1);
  });
});

describe("a body that names somebody else's account (TI4)", () => {
  const canary = whatsAppBody(
    whatsAppChange({ messages: [textMessage({ id: "wamid.TI4", text: { body: "canario" } })] }),
  );

  it("signed with another organisation's secret, is stored nowhere and counted", async () => {
    const [a, b] = [await makeWorld(), await makeWorld()];
    await connectWhatsapp(a, "880", "secret of A");
    const number = "881";
    await connectWhatsapp(b, number);
    const forged = JSON.parse(JSON.stringify(canary).replaceAll(NUMBER, number));
    await receive(forged, "secret of A");
    const messages = await asSystem("test", (tx) => tx.select().from(schema.message));
    expect(messages.filter((row) => row.text === "canario")).toEqual([]);
    const unknown = await asSystem("test", (tx) =>
      tx.select().from(schema.unknownAccount).where(sql`account_key = ${number}`),
    );
    expect(unknown).toMatchObject([{ object: "whatsapp_business_account", count: 1 }]);
    await receive(forged);
    const after = await asSystem("test", (tx) => tx.select().from(schema.message).where(sql`text = 'canario'`));
    expect(after.map((row) => row.orgId)).toEqual([b.orgId]);
  });

  it.each(["a secret of its own", undefined])(
    "of a channel that was disabled, likewise, and in its figures (%s)",
    async (secret) => {
      const world = await makeWorld();
      const number = secret ? "892" : "893";
      const channel = await connectWhatsapp(world, number, secret);
      const body = JSON.parse(JSON.stringify(canary).replaceAll(NUMBER, number));
      await receive(body, secret);
      const count = async () =>
        (await asSystem("test", (tx) => tx.select().from(schema.message).where(eq(schema.message.orgId, world.orgId))))
          .length;
      const before = await count();
      expect(before).toBeGreaterThan(0);
      await disableChannel(world.admin, world.orgId, channel.id);
      await receive(JSON.parse(JSON.stringify(body).replaceAll("wamid.TI4", "wamid.TI5")), secret);
      expect(await count()).toBe(before);
      expect(await getChannelHealth(world.admin, world.orgId, channel.id)).toMatchObject({ ignored: 1 });
      const unknown = await asSystem("test", (tx) =>
        tx.select().from(schema.unknownAccount).where(sql`account_key = ${number}`),
      );
      expect(unknown).toMatchObject([{ count: 1 }]);
    },
  );

  it("of nobody at all, likewise", async () => {
    await receive(JSON.parse(JSON.stringify(canary).replaceAll(NUMBER, "999999")));
    const unknown = await asSystem("test", (tx) =>
      tx.select().from(schema.unknownAccount).where(sql`account_key = '999999'`),
    );
    expect(unknown).toMatchObject([{ count: 1 }]);
  });

  it("the installation's secret does not open a channel that is bound to its own", async () => {
    const world = await makeWorld();
    await connectWhatsapp(world, "882", "secret of C");
    await receive(JSON.parse(JSON.stringify(canary).replaceAll(NUMBER, "882").replaceAll("canario", "canario de C")));
    const messages = await asSystem("test", (tx) => tx.select().from(schema.message));
    expect(messages.filter((row) => row.text === "canario de C")).toEqual([]);
  });

  it("the same digits as another kind of account lead nowhere", async () => {
    const [thief, owner] = [await makeWorld(), await makeWorld()];
    await addChannel(thief.admin, {
      orgId: thief.orgId,
      kind: "messenger",
      settings: { page_id: "883", access_token: "token" },
    });
    await connectWhatsapp(owner, "883");
    await receive(JSON.parse(JSON.stringify(canary).replaceAll(NUMBER, "883").replaceAll("canario", "canario de D")));
    const messages = await asSystem("test", (tx) => tx.select().from(schema.message));
    expect(messages.filter((row) => row.text === "canario de D").map((row) => row.orgId)).toEqual([owner.orgId]);
  });

  it("what concerns a business account reaches each of its numbers, and no other", async () => {
    const [a, b] = [await makeWorld(), await makeWorld()];
    const settings = { access_token: "token", waba_id: "90001" };
    const connect = (world: typeof a, number: string, more = {}) =>
      addChannel(world.admin, {
        orgId: world.orgId,
        kind: "whatsapp",
        settings: { ...settings, phone_number_id: number, ...more },
      });
    const mine = [await connect(a, "884"), await connect(a, "885")];
    const others = [await connect(b, "886", { waba_id: "90002" }), await connect(b, "90001", { waba_id: "90003" })];
    const ban = { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "May 1, 2026" } };
    await receive({
      object: "whatsapp_business_account",
      entry: [{ id: "90001", changes: [{ field: "account_update", value: ban }] }],
    });
    const health = await asSystem("test", (tx) => tx.select().from(schema.channel));
    const healthOf = ({ id }: { id: string }) => health.find((row) => row.id === id)?.health;
    expect(mine.map(healthOf)).toEqual(["blocked", "blocked"]);
    expect(others.map(healthOf)).toEqual(["ok", "ok"]);
  });
});

it("stores a body that its driver cannot read, and those beside it, and lets it stand before nobody", async () => {
  const driver = driverOfObject(body.object);
  if (!driver) throw new Error("no driver");
  const known = driver.parse.bind(driver);
  const parse = vi.spyOn(driver, "parse").mockImplementation((payload) => {
    if (JSON.stringify(payload).includes("unreadable")) throw new Error("a shape that nobody foresaw");
    return known(payload);
  });
  try {
    const before = await stored();
    const bodies = ["unreadable", "one", "two"].map((text) =>
      bytesOf(whatsAppBody(whatsAppChange({ messages: [textMessage({ text: { body: text } })] }))),
    );
    await Promise.all(bodies.map((bytes) => acceptWebhook(bytes, signature(bytes))));
    expect((await stored()).inbox).toBe(before.inbox + bodies.length);
    const rows = await asSystem("look", (tx) => tx.select().from(schema.webhookInbox));
    const linesOf = (text: string) => rows.find((row) => row.body.toString().includes(text))?.lines;
    expect(linesOf("unreadable")).toBeNull();
    expect(linesOf('"one"')?.length).toBeGreaterThan(0);
  } finally {
    parse.mockRestore();
  }
});
