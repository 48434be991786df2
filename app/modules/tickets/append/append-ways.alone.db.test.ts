import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { asSystem } from "~/platform/db.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { randomOf } from "../../../../tests/support/graph-standin/statuses";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { sendMessage } from "../desk/send-message.server";
import { claimTicket } from "../desk/update-ticket.server";

const way = vi.hoisted(() => ({ long: false, quick: 0, passed: 0 }));
vi.mock("./quick-append.server", async (original) => {
  const { quickAppend } = await original<typeof import("./quick-append.server")>();
  return {
    quickAppend: async (...given: Parameters<typeof quickAppend>) => {
      if (way.long) return null;
      const answer = await quickAppend(...given);
      if (answer) way.quick++;
      else way.passed++;
      return answer;
    },
  };
});

withProduct();

const heard: EmittedEvent[] = [];
let forget = () => {};
beforeAll(() => {
  forget = listen((events) => void heard.push(...events));
});
afterAll(() => forget());

type Sending = {
  who: "customer" | "agent" | "admin" | "other";
  visibility: "public" | "staff";
  text: string;
  stale: boolean;
};

function sendings(seed: number): Sending[] {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: 14 }, (_, place) => ({
    who: pick(["customer", "customer", "agent", "agent", "admin", "other"] as const),
    visibility: pick(["public", "public", "staff"] as const),
    text: `${place} ñandú 🐦 "comillas" \\ '`,
    stale: random() < 0.2,
  }));
}

/** The same sendings, one after the other, in a new conversation whose ticket the agent has. */
async function story(world: World, list: readonly Sending[]) {
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
  heard.length = 0;
  const answers: unknown[] = [];
  for (const { who, visibility, text, stale } of list) {
    const actor = who === "customer" ? rosa.guest : world[who];
    const input = {
      conversationId: rosa.conversationId,
      clientId: newId(),
      text,
      visibility,
      ...(stale && { basedOnSeq: 1 }),
    };
    const sent = await sendMessage(actor, input).then(
      ({ row, dedup }) => ({ seq: row.seq, dedup, again: sendMessage(actor, input) }),
      (error: { code?: string }) => ({ refused: error.code }),
    );
    const again = "again" in sent ? await sent.again : undefined;
    answers.push({ ...sent, again: again && { seq: again.row.seq, dedup: again.dedup } });
  }
  return {
    answers,
    stored: await storedOf(rosa),
    events: heard.map(({ definition, data }) => [definition.name, data]),
  };
}

const storedOf = ({ conversationId }: Customer) =>
  asSystem("test", async (tx) => ({
    conversation: await tx.select().from(schema.conversation).where(eq(schema.conversation.id, conversationId)),
    messages: await tx
      .select()
      .from(schema.message)
      .where(eq(schema.message.conversationId, conversationId))
      .orderBy(asc(schema.message.seq)),
    tickets: await tx.select().from(schema.ticket).where(eq(schema.ticket.conversationId, conversationId)),
    changes: await tx
      .select()
      .from(schema.change)
      .where(eq(schema.change.conversationId, conversationId))
      .orderBy(asc(schema.change.id)),
  }));

/** Ids by the order in which they first appear, without times, so that two stories can be compared. */
function anonymous(value: unknown): unknown {
  const text = JSON.stringify(value, (key, one) => {
    if (typeof one === "bigint") return undefined;
    return key === "xid" || key === "cursor" || key === "number" ? undefined : one;
  });
  const names = new Map<string, string>();
  const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
  return JSON.parse(
    text
      .replace(uuid, (id) => names.get(id) ?? (names.set(id, `id ${names.size}`).get(id) as string))
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "a time"),
  );
}

describe("a message that simply joins an open ticket", () => {
  it.each([1, 2, 3, 4, 5, 6])("leaves by the quick way just what the long way leaves (seed %i)", async (seed) => {
    const world = await makeWorld();
    way.quick = 0;
    const quick = await story(world, sendings(seed));
    expect(way.quick).toBeGreaterThan(3);
    way.long = true;
    const long = await story(world, sendings(seed)).finally(() => {
      way.long = false;
    });
    expect(anonymous(quick)).toEqual(anonymous(long));
  });

  it("takes turns that fit together when many write at once", async () => {
    const world = await makeWorld();
    const [rosa, luis] = await Promise.all([makeCustomer(world), makeCustomer(world, "Luis")]);
    for (const { writes } of [rosa, luis]) await writes("hola");
    const sent = await Promise.all(
      Array.from({ length: 60 }, (_, place) => (place % 3 ? rosa : luis).writes(`mensaje ${place}`)),
    );
    for (const customer of [rosa, luis]) {
      const { conversation, messages, changes, tickets } = await storedOf(customer);
      const mine = sent.filter((row) => row.conversationId === customer.conversationId);
      expect(messages.map((row) => row.seq)).toEqual(messages.map((_, place) => place + 1));
      expect(messages.slice(1).map((row) => row.id)).toEqual(mine.sort((a, b) => a.seq - b.seq).map((row) => row.id));
      expect(conversation[0]).toMatchObject({ lastSeq: messages.length, lastMessageId: messages.at(-1)?.id });
      const revs = changes.flatMap((row) => (row.rev === null ? [] : [row.rev]));
      expect(revs).toEqual(revs.map((_, place) => place + 1));
      expect(conversation[0]?.rev).toBe(revs.length);
      expect(tickets).toMatchObject([{ state: "open", waitingOn: "agent", version: messages.length }]);
    }
  });

  it("lets a send that is refused, repeated or of another organisation leave its neighbours alone", async () => {
    const world = await makeWorld();
    const elsewhere = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const clientId = newId();
    await rosa.writes("primero", clientId);
    const to = { conversationId: rosa.conversationId, visibility: "public" as const };
    const outcomes = await Promise.allSettled([
      rosa.writes("uno"),
      rosa.writes("primero", clientId),
      rosa.writes("otra cosa", clientId),
      sendMessage(elsewhere.admin, { ...to, clientId: newId(), text: "ajeno" }),
      sendMessage(world.other, { ...to, clientId: newId(), text: "de otra área" }),
      rosa.writes("dos"),
    ]);
    const shown = outcomes.map((one) => (one.status === "fulfilled" ? "ok" : (one.reason as { code: string }).code));
    expect(shown).toEqual(["ok", "ok", "id_reused", "not_found", expect.any(String), "ok"]);
    const { messages } = await storedOf(rosa);
    expect(messages.map((row) => row.text).sort()).toEqual(
      ["hola", "primero", "uno", "dos", ...(shown[4] === "ok" ? ["de otra área"] : [])].sort(),
    );
  });

  it("takes a batch apart that the database refuses, and stores what is good of it", async () => {
    const world = await makeWorld();
    const [rosa, luis] = await Promise.all([makeCustomer(world), makeCustomer(world, "Luis")]);
    for (const { writes } of [rosa, luis]) await writes("hola");
    const memberKey = newId();
    for (const { conversationId } of [rosa, luis]) {
      await claimTicket(world.agent, (await ticketOf(world, conversationId)).id);
    }
    // One key of one sender in two conversations at once: the second breaks the key of the first.
    const reply = ({ conversationId }: Customer) =>
      sendMessage(world.agent, { conversationId, clientId: memberKey, text: "va", visibility: "public" });
    const outcomes = await Promise.allSettled([reply(rosa), reply(luis), rosa.writes("sigo"), luis.writes("sigo")]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    const refused = outcomes.find((one) => one.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "id_reused" });
    for (const customer of [rosa, luis]) {
      const { messages } = await storedOf(customer);
      expect(messages.filter((row) => row.text === "sigo")).toHaveLength(1);
      expect(messages.map((row) => row.seq)).toEqual(messages.map((_, place) => place + 1));
    }
  });
});
