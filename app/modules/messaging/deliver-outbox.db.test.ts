import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { type OutboundDraft, updateTicket } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import {
  type GraphStandin,
  STANDIN_NUMBER,
  startGraphStandin,
} from "../../../tests/support/graph-standin/start-graph-standin";
import { attempt, receive } from "../../../tests/support/webhooks";
import { textMessage, whatsAppBody } from "../../../tests/support/whatsapp-bodies";
import { makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../../tests/support/world";
import { addChannel } from "../channels/index.server";
import { deliverOutbox } from "./deliver-outbox.server";

const settings: Record<string, string> = {};
let standin: GraphStandin;
beforeAll(async () => {
  standin = await startGraphStandin({ appSecret: "app-secret" });
  standin.rules.window = "off";
  settings.META_GRAPH_URL = standin.url;
});
withProduct(settings);
afterAll(() => standin.close());
beforeEach(() => {
  standin.faults.clear();
  standin.reviveToken(STANDIN_NUMBER.token);
  standin.rules.window = "off";
});

let people = 0;

/** An organisation that alone holds the stand-in's number, and a customer who has written to it. */
async function customerOf(options: { bot?: boolean } = {}) {
  await asSystem("test", (tx) => tx.execute(sql`update channel set disabled_at = now() where kind = 'whatsapp'`));
  const world = await makeWorld(options);
  const { phoneNumberId, wabaId, token } = STANDIN_NUMBER;
  const channel = await addChannel(world.admin, {
    orgId: world.orgId,
    kind: "whatsapp",
    settings: { phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token },
  });
  const phone = `54911600000${String(++people).padStart(2, "0")}`;
  const value = (fields: object) =>
    whatsAppBody({ field: "messages", value: { metadata: { phone_number_id: phoneNumberId }, ...fields } });
  const timestamp = String(Math.floor(Date.now() / 1000));
  await receive(value({ messages: [textMessage({ id: `wamid.${phone}`, from: phone, timestamp })] }));
  const [conversation] = await asSystem("test", (tx) =>
    tx.select().from(schema.conversation).where(eq(schema.conversation.channelId, channel.id)),
  );
  const id = conversation?.id ?? "";
  return {
    world,
    channel,
    id,
    replies: (text: string) => memberWrites(world.admin, id, text),
    deliver: () => deliverOutbox.run({ conversationId: id }, attempt()),
    heard: () => standin.textsTo(phone),
    /** The provider's word on something that it took from us. */
    mark: (text: string, status: string, over: object = {}) => {
      const sent = standin.box.sent.find((one) => one.text === text);
      const correlation = sent?.correlation ? { biz_opaque_callback_data: sent.correlation } : {};
      return receive(value({ statuses: [{ id: sent?.wamid, status, timestamp, ...correlation, ...over }] }));
    },
  };
}

const messagesOf = (world: World) =>
  asSystem("test", (tx) =>
    tx.select().from(schema.message).where(eq(schema.message.orgId, world.orgId)).orderBy(asc(schema.message.seq)),
  );
const deliveryOf = async (world: World, text: string) =>
  (await messagesOf(world)).find((message) => message.text === text)?.delivery;
const rowsOf = (world: World) =>
  asSystem("test", (tx) =>
    tx
      .select()
      .from(schema.outbox)
      .where(eq(schema.outbox.orgId, world.orgId))
      .orderBy(asc(schema.outbox.seq), asc(schema.outbox.part)),
  );
const healthOf = async ({ id }: { id: string }) => {
  const [row] = await asSystem("test", (tx) => tx.select().from(schema.channel).where(eq(schema.channel.id, id)));
  return row?.health;
};
const pastDue = (world: World) =>
  asSystem("test", (tx) =>
    tx
      .update(schema.outbox)
      .set({ nextAt: new Date(0), leasedUntil: new Date(0) })
      .where(eq(schema.outbox.orgId, world.orgId)),
  );

describe("what waits for a provider", () => {
  it("leaves once and in order, though five workers drain it at once and again", async () => {
    const { world, replies, deliver, heard } = await customerOf();
    const texts = Array.from({ length: 8 }, (_, i) => `respuesta ${i}`);
    for (const text of texts) await replies(text);
    await Promise.all(Array.from({ length: 5 }, deliver));
    await pastDue(world);
    await deliver();
    expect(heard()).toEqual(texts);
    expect((await rowsOf(world)).map((row) => row.state)).toEqual(texts.map(() => "sent"));
    expect(await deliveryOf(world, "respuesta 7")).toBe("sent");
  });

  it("the bot's greeting and question leave before what people write later", async () => {
    const { world, id, deliver, heard } = await customerOf({ bot: true });
    await memberWrites(world.admin, id, "Soy Ana");
    await deliver();
    expect(heard()).toHaveLength(3);
    expect(heard()[0]).toContain("¡Hola");
    expect(heard()[2]).toBe("Soy Ana");
  });

  it("a text of 9,000 characters leaves in parts, in order, and is sent once the last has left", async () => {
    const { world, id, deliver, heard } = await customerOf();
    const text = Array.from({ length: 1_500 }, (_, i) => `w${String(i).padStart(4, "0")}`).join(" ");
    await memberWrites(world.admin, id, text);
    await deliver();
    expect(heard().length).toBeGreaterThan(1);
    expect(heard().join(" ").replace(/\s+/g, " ")).toBe(text);
    expect((await rowsOf(world)).map((row) => [row.part, row.state])).toEqual(heard().map((_, i) => [i, "sent"]));
    expect(await deliveryOf(world, text)).toBe("sent");
  });

  it("delivered and read come back, once and upwards only", async () => {
    const { world, replies, deliver, mark } = await customerOf();
    await replies("¿Cómo andás?");
    await deliver();
    for (const status of ["delivered", "read", "delivered", "sent"]) await mark("¿Cómo andás?", status);
    expect(await deliveryOf(world, "¿Cómo andás?")).toBe("read");
  });
});

describe("what did not leave", () => {
  it.each(["sync", "async"] as const)("outside the window says so on the message (%s)", async (window) => {
    const { world, replies, deliver, mark } = await customerOf();
    standin.rules.window = window;
    const text = `tarde ${window}`;
    await replies(text);
    await deliver();
    if (window === "async") {
      await mark(text, "failed", { errors: [{ code: 131047, title: "Re-engagement message" }] });
    }
    const message = (await messagesOf(world)).find((one) => one.text === text);
    expect(message).toMatchObject({ delivery: "failed", deliveryError: { code: "131047" } });
    expect((await rowsOf(world)).filter((row) => row.state === "waiting")).toEqual([]);
  });

  it("a message that is refused for good does not hold back the next", async () => {
    const { replies, deliver, heard } = await customerOf();
    standin.fail({ kind: "error", error: { status: 400, code: 131026, message: "Message undeliverable" } });
    await replies("perdido");
    await replies("siguiente");
    await deliver();
    expect(heard()).toEqual(["siguiente"]);
  });

  it("a long text whose first part is refused for good does not leave by halves", async () => {
    const { world, id, deliver, heard } = await customerOf();
    standin.fail({ kind: "error", error: { status: 400, code: 131026, message: "Message undeliverable" } });
    const text = "palabra ".repeat(1_000).trim();
    await memberWrites(world.admin, id, text);
    await deliver();
    expect(heard()).toEqual([]);
    expect((await rowsOf(world)).map((row) => row.state)).toEqual(["failed", "failed"]);
    expect(await deliveryOf(world, text)).toBe("failed");
  });

  it("a process that is told to stop gives its job back, so that what still waits is not forgotten", async () => {
    const { world, id, replies, deliver, heard } = await customerOf();
    await replies("quedó");
    const stopped = { ...attempt(), signal: AbortSignal.abort(new Error("the process is stopping")) };
    await expect(deliverOutbox.run({ conversationId: id }, stopped)).rejects.toThrow("stopping");
    expect((await rowsOf(world)).map((row) => row.state)).toEqual(["waiting"]);
    await deliver();
    expect(heard()).toEqual(["quedó"]);
  });

  it("a token that is refused stops the channel and keeps the queue, in order, until it works again", async () => {
    const { world, channel, replies, deliver, heard } = await customerOf();
    for (const text of ["uno", "dos"]) await replies(text);
    standin.killToken(STANDIN_NUMBER.token);
    await deliver();
    expect(await healthOf(channel)).toBe("reconnect");
    expect((await rowsOf(world)).map((row) => row.state)).toEqual(["waiting", "waiting"]);
    await expect(replies("tres")).rejects.toMatchObject({ code: "reply_not_allowed" });
    standin.reviveToken(STANDIN_NUMBER.token);
    await pastDue(world);
    await deliver();
    expect(heard()).toEqual(["uno", "dos"]);
    expect(await healthOf(channel)).toBe("ok");
    await replies("tres");
  });

  it("a provider that is too busy is tried again later, and nothing overtakes", async () => {
    const { world, replies, deliver, heard } = await customerOf();
    standin.fail({ kind: "throttle", code: 130429 });
    for (const text of ["primero", "segundo"]) await replies(text);
    await deliver();
    expect(heard()).toEqual([]);
    expect((await rowsOf(world))[0]).toMatchObject({ state: "waiting", attempts: 1 });
    await pastDue(world);
    await deliver();
    expect(heard()).toEqual(["primero", "segundo"]);
  });
});

describe("what may have left", () => {
  it.each(["reset_after_accept", "nonsense_after_accept"] as const)(
    "is unknown, is never sent again, and the provider's mark mends it (%s)",
    async (kind) => {
      const { world, replies, deliver, heard, mark } = await customerOf();
      standin.fail({ kind });
      const text = `quizás ${kind}`;
      await replies(text);
      await replies("después");
      await deliver();
      expect(await deliveryOf(world, text)).toBe("unknown");
      await pastDue(world);
      await deliver();
      expect(heard()).toEqual([text, "después"]);
      await mark(text, "delivered");
      expect(await deliveryOf(world, text)).toBe("delivered");
    },
  );

  it("whose sender died is unknown and not sent again; while the lease runs it waits", async () => {
    const { world, replies, deliver, heard } = await customerOf();
    await replies("en vuelo");
    await replies("detrás");
    const [row] = await rowsOf(world);
    const lease = (until: Date) =>
      asSystem("test", (tx) =>
        tx
          .update(schema.outbox)
          .set({ state: "sending", leasedUntil: until, attempts: 1 })
          .where(eq(schema.outbox.id, row?.id ?? "")),
      );
    await lease(new Date(Date.now() + 60_000));
    await deliver();
    expect(heard()).toEqual([]);
    await lease(new Date(Date.now() - 1_000));
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(heard()).toEqual(["detrás"]);
    expect(await deliveryOf(world, "en vuelo")).toBe("unknown");
  });
});

describe("a note for colleagues (R16)", () => {
  it("has no row in the outbox and reaches no provider", async () => {
    const { world, id, deliver, heard } = await customerOf();
    await memberWrites(world.admin, id, "canario: moroso", { visibility: "staff" });
    const { id: ticketId } = await ticketOf(world, id);
    await updateTicket(world.admin, ticketId, { areaId: world.areas.support, note: "canario: mirá esto" });
    expect(await rowsOf(world)).toEqual([]);
    await deliver();
    expect(heard()).toEqual([]);
    expect(JSON.stringify(standin.calls)).not.toContain("canario");
  });

  it("does not fit the type of what leaves", () => {
    expectTypeOf<OutboundDraft>().not.toHaveProperty("visibility");
    expectTypeOf<{ visibility: "staff" } & OutboundDraft>().not.toEqualTypeOf<OutboundDraft>();
  });
});
