import { createHmac } from "node:crypto";
import { asc, isNull } from "drizzle-orm";
import { acceptWebhook, processWebhook } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import type { Attempt } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";

/** The installation's own secret in `withProduct`. */
export const APP_SECRET = "app-secret";

/** One attempt of a job, as a worker makes it. */
export const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  id: "1",
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
  ...over,
});

export const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)));

export const signature = (raw: Buffer, secret = APP_SECRET) =>
  `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;

/** Hands a body over as Meta does. */
export function acceptBody(body: unknown, secret = APP_SECRET): Promise<void> {
  const raw = bytesOf(body);
  return acceptWebhook(raw, signature(raw, secret));
}

/** Bodies that are stored and not yet read. */
export const waitingBodies = () =>
  asSystem("test", (tx) =>
    tx
      .select()
      .from(schema.webhookInbox)
      .where(isNull(schema.webhookInbox.processedAt))
      .orderBy(asc(schema.webhookInbox.receivedAt), asc(schema.webhookInbox.id)),
  );

/** Reads all that waits, one body after the other, as one worker would. */
export async function readInbox(): Promise<void> {
  for (const { id } of await waitingBodies()) await processWebhook.run({ inboxId: id }, attempt());
}

/** As many at once as there are connections to do it with, and a few more. */
const AT_ONCE = 24;

/** Works on all items, many at once, and returns what failed. */
async function atOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<unknown[]> {
  const waiting = [...items];
  const faults: unknown[] = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((fault) => faults.push(fault));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return faults;
}

/** Hands many bodies over at once; returns what failed. */
export const acceptAtOnce = (bodies: readonly unknown[]) => atOnce(bodies, (body) => acceptBody(body));

/** Reads all that waits at once; returns what failed. */
export const readInboxAtOnce = async () =>
  atOnce(await waitingBodies(), ({ id }) => processWebhook.run({ inboxId: id }, attempt()));

/** Accepts and reads one body. */
export async function receive(body: unknown, secret = APP_SECRET): Promise<void> {
  await acceptBody(body, secret);
  await readInbox();
}
