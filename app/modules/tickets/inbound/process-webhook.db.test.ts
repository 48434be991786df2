import { and, asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { randomOf } from "../../../../tests/support/graph-standin/statuses";
import {
  acceptAtOnce,
  acceptBody,
  attempt,
  readInbox,
  readInboxAtOnce,
  receive,
  waitingBodies,
} from "../../../../tests/support/webhooks";
import { textMessage, whatsAppBody } from "../../../../tests/support/whatsapp-bodies";
import { connectWhatsapp, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { processWebhook } from "./process-webhook.server";

withProduct();

let numbers = 5_000;

/** A world of its own with a WhatsApp number. */
async function reachable(options: { bot?: boolean } = {}) {
  const world = await makeWorld(options);
  const number = String(++numbers);
  const channel = await connectWhatsapp(world, number);
  if (options.bot) {
    await asSystem("test", (tx) =>
      tx.execute(
        sql`update channel set flow_id = (select id from flow where org_id = ${world.orgId}) where id = ${channel.id}`,
      ),
    );
  }
  const value = (fields: object) => ({
    field: "messages",
    value: { messaging_product: "whatsapp", metadata: { phone_number_id: number }, ...fields },
  });
  return { world, number, channel, value };
}

const now = () => String(Math.floor(Date.now() / 1000));
const says = (id: string, text: string, over: object = {}) =>
  textMessage({ id: `wamid.${id}`, timestamp: now(), text: { body: text }, ...over });

const messagesOf = (world: World) =>
  asSystem("test", (tx) =>
    tx.select().from(schema.message).where(eq(schema.message.orgId, world.orgId)).orderBy(asc(schema.message.seq)),
  );
const countOf = async (world: World, table: "ticket" | "contact" | "conversation" | "identity") => {
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where org_id = ${world.orgId}`,
    ),
  );
  return rows[0]?.n;
};

const shuffled = <T>(items: T[], random: () => number) =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

describe("webhooks that come again, at once and in any order", () => {
  it("of 30 bodies that come one to five times each, nothing is doubled (F22)", async () => {
    const { world, value } = await reachable({ bot: true });
    const random = randomOf(22);
    const bodies = Array.from({ length: 30 }, (_, i) => {
      const from = `54911555501${String(i % 6).padStart(2, "0")}`;
      return whatsAppBody(value({ messages: [says(`f22-${i}`, `mensaje ${i}`, { from })] }));
    });
    const copies = bodies.flatMap((body) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => body));
    expect(await acceptAtOnce(shuffled(copies, random))).toEqual([]);
    expect(await readInboxAtOnce()).toEqual([]);
    const messages = await messagesOf(world);
    const inbound = messages.filter((m) => m.authorKind === "contact");
    expect(new Set(inbound.map((m) => m.text)).size).toBe(30);
    expect(inbound).toHaveLength(30);
    expect([await countOf(world, "contact"), await countOf(world, "ticket")]).toEqual([6, 6]);
    expect(messages.filter((m) => m.text.startsWith("¡Hola"))).toHaveLength(6);
  });

  it("50 first messages of one new contact in 150 deliveries make one contact and one ticket (F27, pitfall 1)", async () => {
    const { world, value } = await reachable({ bot: true });
    const bodies = Array.from({ length: 50 }, (_, i) =>
      whatsAppBody(value({ messages: [says(`f27-${i}`, `primero ${i}`, { from: "5491160000001" })] })),
    );
    expect(await acceptAtOnce(shuffled([...bodies, ...bodies, ...bodies], randomOf(27)))).toEqual([]);
    expect(await readInboxAtOnce()).toEqual([]);
    const tables = ["contact", "identity", "conversation", "ticket"] as const;
    expect(await Promise.all(tables.map((table) => countOf(world, table)))).toEqual([1, 1, 1, 1]);
    const messages = await messagesOf(world);
    expect(messages.map((m) => m.seq)).toEqual(messages.map((_, i) => i + 1));
    expect(messages.filter((m) => m.authorKind === "contact")).toHaveLength(50);
    expect(messages.filter((m) => m.text.startsWith("¡Hola"))).toHaveLength(1);
  });

  it("the same message twice in one body is one message", async () => {
    const { world, value } = await reachable();
    await receive(whatsAppBody(value({ messages: [says("twin", "hola"), says("twin", "hola")] })));
    expect(await messagesOf(world)).toHaveLength(1);
  });

  it("of one message, marks in any order only ever move up (F23)", async () => {
    const { world, value, channel } = await reachable();
    await receive(whatsAppBody(value({ messages: [says("in", "hola")] })));
    const [first] = await messagesOf(world);
    const insert = (id: string) =>
      asSystem("test", (tx) =>
        tx
          .execute(sql`insert into message (id, conversation_id, org_id, channel_id, seq, author_kind, author_name, kind, text, external_id, delivery, sent_at)
          select gen_random_uuid(), c.id, c.org_id, c.channel_id, c.last_seq + 1, 'member', 'Ana', 'text', ${id}, ${id}, 'queued', now()
          from conversation c where c.id = ${first?.conversationId ?? ""}`)
          .then(() =>
            tx.execute(sql`update conversation set last_seq = last_seq + 1 where id = ${first?.conversationId ?? ""}`),
          ),
      );
    const random = randomOf(23);
    const rank = { queued: 0, sent: 1, delivered: 2, read: 3 } as Record<string, number>;
    for (let round = 0; round < 8; round++) {
      const id = `wamid.out-${round}`;
      await insert(id);
      const words = shuffled(["sent", "delivered", "read", "sent", "delivered"], random);
      let before = 0;
      for (const status of words) {
        await receive(whatsAppBody(value({ statuses: [{ id, status, timestamp: now(), recipient_id: "549" }] })));
        const [row] = await asSystem("test", (tx) =>
          tx
            .select()
            .from(schema.message)
            .where(and(eq(schema.message.externalId, id), eq(schema.message.channelId, channel.id))),
        );
        const reached = rank[row?.delivery ?? ""] ?? -1;
        expect(reached).toBeGreaterThanOrEqual(before);
        before = reached;
      }
      expect(before).toBe(3);
    }
  });
});

describe("a body with poison in it (F25)", () => {
  const poison: [string, unknown][] = [
    ["a null byte in the text", says("p1", "hola\u0000 mundo")],
    ["a lone surrogate in the text", says("p2", "hola \ud800 mundo")],
    [
      "a null byte in a name",
      says("p3", "", {
        type: "location",
        text: undefined,
        location: { latitude: 0, longitude: 0, name: "a\u0000b", address: "\udc00" },
      }),
    ],
    ["a null byte in an id", says("p4\u0000", "hola")],
    ["a number for a text", says("p5", "", { text: 7 })],
    ["a list for a text", says("p6", "", { text: { body: ["a"] } })],
    ["a message that is no object", 7],
    ["a message that is null", null],
    ["a message of an unknown type", says("p7", "", { type: "hologram", hologram: { a: [null, "\u0000"] } })],
    ["a time of the year 10,000", says("p8", "hola", { timestamp: "253402300800000" })],
    ["a time that is none", says("p9", "hola", { timestamp: "asdf" })],
    ["a sender that is an object", says("p10", "hola", { from: { a: 1 } })],
    [
      "a very deep object",
      says("p11", "", { type: "contacts", contacts: JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) }),
    ],
  ];

  it.each(poison)("%s keeps no other message from being stored", async (_, item) => {
    const { world, value } = await reachable();
    const contacts = [{ wa_id: "5491155550101", profile: { name: "Ana\u0000 \ud800" } }];
    const good = (id: string) => says(id, `bueno ${id}`, { from: `54911700000${id.length}` });
    await acceptBody(
      whatsAppBody(value({ contacts, messages: [good("a"), item, good("bb")] }), 7, null, value({ messages: "x" })),
    );
    await acceptBody(whatsAppBody(value({ messages: [good("ccc")] })));
    expect(await readInboxAtOnce()).toEqual([]);
    const texts = (await messagesOf(world)).map((m) => m.text);
    for (const id of ["a", "bb", "ccc"]) expect(texts).toContain(`bueno ${id}`);
    expect(texts.join()).not.toContain("\u0000");
  });

  it.each([
    ["no JSON", Buffer.from("{{{")],
    ["an empty body", Buffer.from("")],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
    ["null", Buffer.from("null")],
    ["a list", Buffer.from("[]")],
    ["an object of another kind", Buffer.from('{"object":"instagram_business","entry":[{}]}')],
  ])("%s, rightly signed, is taken and says nothing", async (_, raw) => {
    await readInbox();
    await acceptBody(raw);
    expect(await readInboxAtOnce()).toEqual([]);
    expect(await waitingBodies()).toEqual([]);
  });

  it("a body of 1,000 items is read to its end, the messages in their order", async () => {
    const { world, value } = await reachable();
    const messages = Array.from({ length: 60 }, (_, i) => says(`k${i}`, `n ${i}`));
    const rest = Array.from({ length: 940 }, (_, i) => (i % 10 === 0 ? { id: `wamid.s${i}`, status: "orbit" } : null));
    await receive(whatsAppBody(value({ statuses: rest }), value({ messages })));
    const texts = (await messagesOf(world)).map((m) => m.text);
    expect(texts).toEqual(messages.map((_, i) => `n ${i}`));
  });

  it("a text of 3 MB is stored, and what follows too", async () => {
    const { world, value } = await reachable();
    await receive(whatsAppBody(value({ messages: [says("big", "x".repeat(3_000_000)), says("after", "después")] })));
    const messages = await messagesOf(world);
    expect(messages.at(-1)?.text).toBe("después");
    expect(messages[0]?.text.startsWith("xxx")).toBe(true);
  });

  it("a mark on a message that somebody else sent, with a mark of theirs, is no fault", async () => {
    const { value } = await reachable();
    const status = { id: "wamid.theirs", status: "sent", timestamp: now(), biz_opaque_callback_data: "order 7" };
    await acceptBody(whatsAppBody(value({ statuses: [status] })));
    expect(await readInboxAtOnce()).toEqual([]);
  });

  it("an event that fails is tried again, and what was stored is not stored twice", async () => {
    const { world, value } = await reachable();
    await acceptBody(
      whatsAppBody(value({ messages: [says("r1", "uno"), says("r2", "dos", { from: "5491171000000" })] })),
    );
    const [stored] = await waitingBodies();
    // A ticket number row that is gone makes the opening of tickets fail, as a fault of ours would.
    await asSystem("test", (tx) => tx.execute(sql`delete from ticket_number where org_id = ${world.orgId}`));
    const run = () => processWebhook.run({ inboxId: stored?.id ?? "" }, attempt());
    await expect(run()).rejects.toThrow("ticket numbers");
    await asSystem("test", (tx) =>
      tx.execute(sql`insert into ticket_number (org_id, last) values (${world.orgId}, 0)`),
    );
    await run();
    await run();
    expect((await messagesOf(world)).map((m) => m.text).sort()).toEqual(["dos", "uno"]);
    expect(await waitingBodies()).toEqual([]);
  });
});
