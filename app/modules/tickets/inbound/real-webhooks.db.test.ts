import { createHash } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { DRIVERS } from "~/modules/channels/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { type MetaBody, metaBodies } from "../../../../tests/support/meta-bodies";
import { acceptBody, readInboxAtOnce, waitingBodies } from "../../../../tests/support/webhooks";
import { connectWhatsapp, makeWorld, type World, withProduct } from "../../../../tests/support/world";

const bodies = (metaBodies() ?? []).filter((one) => one.channel === "whatsapp");
const named = Object.fromEntries(bodies.map((one) => [one.file.replace(/^wa-|\.json$/g, ""), one]));

withProduct();

/** Every body gets a number of its own, so that it stands alone. */
const numberOf = (body: MetaBody) =>
  `7${parseInt(createHash("sha256").update(body.file).digest("hex").slice(0, 12), 16)}`;

function ofNumber(body: MetaBody): Buffer {
  const copy = JSON.parse(body.raw.toString("utf8"));
  for (const entry of copy.entry ?? []) {
    for (const { value } of entry.changes ?? []) if (value?.metadata) value.metadata.phone_number_id = numberOf(body);
  }
  return Buffer.from(JSON.stringify(copy));
}

/** What the same body must leave: its messages and echoes, each once. */
function expectedMessages(body: MetaBody): number {
  const driver = DRIVERS.whatsapp;
  if (driver.delivery !== "provider") throw new Error("no driver");
  const events = driver.parse(body.body).flatMap((batch) => batch.events);
  return events.filter((event) => event.type === "message" || event.type === "echo").length;
}

describe.skipIf(bodies.length === 0)("what Meta really sends [real bodies]", () => {
  let world: World;
  const channels = new Map<string, string>();

  beforeAll(async () => {
    world = await makeWorld();
    for (const body of bodies) channels.set(body.file, (await connectWhatsapp(world, numberOf(body))).id);
  });

  const stored = (body: MetaBody) =>
    asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.message)
        .where(eq(schema.message.channelId, channels.get(body.file) ?? ""))
        .orderBy(asc(schema.message.seq)),
    );

  const peopleOf = (body: MetaBody) =>
    asSystem("test", (tx) =>
      tx
        .select({ name: schema.contact.name, phone: schema.contact.phone })
        .from(schema.identity)
        .innerJoin(schema.contact, eq(schema.contact.id, schema.identity.contactId))
        .where(eq(schema.identity.channelId, channels.get(body.file) ?? "")),
    );

  const ticketsOf = (body: MetaBody) =>
    asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.ticket)
        .where(eq(schema.ticket.channelId, channels.get(body.file) ?? "")),
    );

  it("every body is taken, comes three times at once, and leaves each message once", async () => {
    for (const body of bodies) {
      const raw = ofNumber(body);
      await Promise.all([acceptBody(raw), acceptBody(raw), acceptBody(raw)]);
      expect(await readInboxAtOnce(), body.file).toEqual([]);
      expect(await stored(body), body.file).toHaveLength(expectedMessages(body));
    }
    expect(await waitingBodies()).toEqual([]);
  }, 180_000);

  const get = (name: string) => {
    const body = named[name];
    if (!body) throw new Error(`no body ${name}`);
    return body;
  };

  it("a first text makes the contact by its profile, one message and one ticket", async () => {
    const hello = get("text-hello");
    expect(await peopleOf(hello)).toMatchObject([{ name: "Kerry Fisher" }]);
    const [message, ...rest] = await stored(hello);
    expect(message).toMatchObject({ seq: 1, authorKind: "contact", authorName: "Kerry Fisher", kind: "text" });
    expect(rest).toEqual([]);
    expect(await ticketsOf(hello)).toMatchObject([{ state: "open", firstSeq: 1 }]);
  });

  it("the same message twice in one body is one", async () => {
    expect(await stored(get("batch-duplicate-same-wamid"))).toHaveLength(1);
  });

  it.each(["text-no-from", "group-text", "group-text-bsuid", "status-unknown-in-orbit", "reaction", "revoke"])(
    "%s makes no contact, no message and no ticket",
    async (name) => {
      const body = get(name);
      expect(await stored(body)).toEqual([]);
      expect(await peopleOf(body)).toEqual([]);
      expect(await ticketsOf(body)).toEqual([]);
    },
  );

  it("a user id alone is a person without a telephone; with a number it is one person", async () => {
    expect(await peopleOf(get("text-bsuid-only"))).toMatchObject([{ phone: null }]);
    expect(await peopleOf(get("text-bsuid-in-from"))).toMatchObject([{ phone: null }]);
    expect(await peopleOf(get("text-with-bsuid"))).toHaveLength(1);
  });

  it("what the phone's owner wrote is ours: no window opens and no ticket", async () => {
    const body = get("smb-echo-text");
    const [message] = await stored(body);
    expect(message).toMatchObject({ authorKind: "device", delivery: "sent" });
    expect(await ticketsOf(body)).toEqual([]);
    const [conversation] = await asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.conversation)
        .where(eq(schema.conversation.id, message?.conversationId ?? "")),
    );
    expect(conversation?.lastInboundAt).toBeNull();
  });

  it("what cannot be shown is kept as a placeholder", async () => {
    for (const name of [
      "unsupported-131051-with-text",
      "unsupported-poll",
      "unknown-type-131051",
      "interactive-without-body",
    ]) {
      expect(await stored(get(name)), name).toMatchObject([{ kind: "placeholder" }]);
    }
  });

  it("trouble with the token asks for a new connection", async () => {
    const [channel] = await asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.channel)
        .where(eq(schema.channel.id, channels.get("wa-value-errors-auth.json") ?? "")),
    );
    expect(channel?.health).toBe("reconnect");
  });

  it("old messages wake nobody: they are marked as late", async () => {
    expect(await stored(get("text-hello"))).toMatchObject([{ late: true }]);
  });
});
