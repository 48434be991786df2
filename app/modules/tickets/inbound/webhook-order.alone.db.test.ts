import { and, asc, eq, like } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { asSystem, database } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { schema } from "~db/index.server";
import { randomOf } from "../../../../tests/support/graph-standin/statuses";
import { runQuery } from "../../../../tests/support/postgres-query";
import { acceptBody, attempt, readInbox, waitingBodies } from "../../../../tests/support/webhooks";
import { textMessage, whatsAppBody } from "../../../../tests/support/whatsapp-bodies";
import { connectWhatsapp, makeWorld, withProduct } from "../../../../tests/support/world";
import { processWebhook } from "./process-webhook.server";

withProduct();

const phoneOf = (customer: number) => `54911555${70_000 + customer}`;
let numbers = 7_000;

type Body = { id: string; error: string | null };

/** A number of its own. `writes` hands over one body with a message of each customer, each with its next number. */
async function line() {
  await readInbox();
  const world = await makeWorld();
  const number = String(++numbers);
  const channel = await connectWhatsapp(world, number);
  const counts = new Map<number, number>();
  const body = (customers: readonly number[], word: string) => {
    const messages = customers.map((customer) => {
      const n = counts.get(customer) ?? 0;
      counts.set(customer, n + 1);
      const [from, id] = [phoneOf(customer), `wamid.${number}-${customer}-${n}`];
      const timestamp = String(Math.floor(Date.now() / 1000));
      return textMessage({ id, from, timestamp, text: { body: `${word} ${customer}/${n}` } });
    });
    const value = { messaging_product: "whatsapp", metadata: { phone_number_id: number }, messages };
    return whatsAppBody({ field: "messages", value });
  };
  return {
    async writes(customers: readonly number[], word = "hola"): Promise<Body> {
      await acceptBody(body(customers, word));
      return (await waitingBodies()).at(-1) as Body;
    },
    /** The numbers of a customer's messages, as they stand in the conversation. */
    async heard(customer: number): Promise<number[]> {
      const { message } = schema;
      const own = and(eq(message.channelId, channel.id), like(message.text, `% ${customer}/%`));
      const rows = await asSystem("test", (tx) => tx.select().from(message).where(own).orderBy(asc(message.seq)));
      return rows.map(({ text }) => Number(text.split("/")[1]));
    },
    wrote: (customer: number) => Array.from({ length: counts.get(customer) ?? 0 }, (_, n) => n),
  };
}

const read = ({ id }: { id: string }, over: Parameters<typeof attempt>[0] = {}, job = processWebhook) =>
  job.run({ inboxId: id }, attempt(over));

/** From now on, a message that begins with `veneno` cannot be stored. */
const poison = () =>
  runQuery(
    database().url,
    `create or replace function refuse() returns trigger language plpgsql as $$ begin raise 'veneno'; end $$;
    create trigger poison before insert on message for each row when (new.text like 'veneno%') execute function refuse()`,
  );
const cure = () => runQuery(database().url, "drop trigger if exists poison on message");
afterEach(cure);

/** The job of another process: everything of it anew, but for the database. */
async function ofAnotherProcess(): Promise<{ job: typeof processWebhook; stop: () => Promise<void> }> {
  const [settings, { url }] = [env(), database()];
  vi.resetModules();
  const environment = await import("~/platform/env.server");
  const db = await import("~/platform/db.server");
  const tickets = await import("~/modules/tickets/index.server");
  const bots = await import("~/modules/bots/index.server");
  environment.setEnv(settings);
  db.openDatabase(url);
  tickets.registerAutomation(bots.botAutomation);
  expect(tickets.processWebhook).not.toBe(processWebhook);
  return { job: tickets.processWebhook, stop: db.closeDatabase };
}

describe("a customer's messages keep the order in which their webhooks were accepted", () => {
  it("when the jobs run the other way round", async () => {
    const { writes, heard, wrote } = await line();
    const bodies: Body[] = [];
    for (let n = 0; n < 20; n++) bodies.push(await writes([1]));
    for (const body of bodies.reverse()) await read(body);
    expect(await heard(1)).toEqual(wrote(1));
    expect(await waitingBodies()).toEqual([]);
  });

  it("when they run all at once, in any order and in two processes, with several customers in a body", async () => {
    const { writes, heard, wrote } = await line();
    const random = randomOf(5);
    const bodies: Body[] = [];
    for (let n = 0; n < 30; n++) {
      const customers = [1, 2, 3, 4, 5].filter(() => random() < 0.4);
      if (customers.length > 0) bodies.push(await writes(customers));
    }
    const another = await ofAnotherProcess();
    try {
      const order = bodies.map((body) => ({ body, at: random() })).sort((a, b) => a.at - b.at);
      await Promise.all(order.map(({ body }, place) => read(body, {}, place % 2 === 0 ? processWebhook : another.job)));
    } finally {
      await another.stop();
    }
    for (const customer of [1, 2, 3, 4, 5]) expect(await heard(customer)).toEqual(wrote(customer));
    expect(await waitingBodies()).toEqual([]);
  });

  it("when they were accepted in one transaction", async () => {
    const { writes, heard, wrote } = await line();
    await Promise.all(Array.from({ length: 12 }, () => writes([1])));
    const bodies = await waitingBodies();
    expect(new Set(bodies.map((body) => body.receivedAt.getTime())).size).toBeLessThan(bodies.length);
    for (const body of bodies.reverse()) await read(body);
    expect(await heard(1)).toEqual(wrote(1));
  });

  it("when the first fails once, and the next come before it is tried again", async () => {
    const { writes, heard } = await line();
    const [first, second, third] = [await writes([1], "veneno"), await writes([1]), await writes([1])];
    await poison();
    await expect(read(first)).rejects.toThrow();
    await cure();
    await read(third);
    await read(second);
    await read(first, { attempt: 2 });
    expect(await heard(1)).toEqual([0, 1, 2]);
    expect(await waitingBodies()).toEqual([]);
  });
});

describe("a webhook that cannot be read", () => {
  it("lets the others pass, and is read when it can be; as a dead letter, by its own job only", async () => {
    const { writes, heard } = await line();
    const [bad, second, third] = [await writes([1, 2], "veneno"), await writes([1]), await writes([1])];
    await poison();
    await expect(read(bad)).rejects.toThrow();
    await read(second);
    expect(await heard(1)).toEqual([1]);
    await expect(read(bad, { attempt: 6, lastAttempt: true })).rejects.toThrow();
    await cure();
    await read(third);
    expect(await heard(1)).toEqual([1, 2]);
    expect(await waitingBodies()).toMatchObject([{ id: bad.id, error: expect.stringMatching(/^dead: /) }]);
    await read(bad);
    expect(await heard(1)).toEqual([1, 2, 0]);
    expect(await waitingBodies()).toEqual([]);
  });

  it("is not tried by the later attempts of others, which it may have spoilt", async () => {
    const { writes, heard } = await line();
    const [, second] = [await writes([1]), await writes([1])];
    await read(second, { attempt: 4 });
    expect(await heard(1)).toEqual([1]);
  });
});

describe("what is none of a customer's", () => {
  it("waits for its own job: other customers, other parts of a body, and what an older version stored", async () => {
    const { writes, heard } = await line();
    const both = await writes([1, 2]);
    const other = await writes([3]);
    const plain = await writes([1]);
    await asSystem("test", (tx) =>
      tx.update(schema.webhookInbox).set({ lines: null }).where(eq(schema.webhookInbox.id, plain.id)),
    );
    const last = await writes([1]);
    await read(last);
    expect([await heard(1), await heard(2), await heard(3)]).toEqual([[0, 2], [], []]);
    expect((await waitingBodies()).map(({ id }) => id)).toEqual([both.id, other.id, plain.id]);
    await read(plain);
    await read(both);
    await read(other);
    expect([await heard(1), await heard(2), await heard(3)]).toEqual([[0, 2, 1], [0], [0]]);
  });
});
