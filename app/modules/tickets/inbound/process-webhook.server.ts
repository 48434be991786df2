import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { AccountKey, InboundEvent } from "~/modules/channels";
import { type ChannelRow, driverOfObject, findChannelsOfAccount } from "~/modules/channels/index.server";
import { asSystem } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { createGather } from "~/platform/waiting/gather";
import { isPassing, outlast } from "~/platform/waiting/outlast.server";
import { schema } from "~db/index.server";
import { inLine } from "./in-line.server";
import { receiveProviderEvent } from "./receive-provider-event.server";

const { webhookInbox } = schema;
/** Bodies may have 3 MB each, and wait in memory. */
const MAX_BATCH = 16;

/**
 * Reads a stored webhook, every entry and event of it. An event that fails keeps none of the others from being kept;
 * the job is tried again for it, and repeats of the others write nothing.
 */
export const processWebhook = defineJob({
  name: "process-webhook",
  lane: "inbound",
  payload: z.object({ inboxId: z.uuid() }),
  maxAttempts: 6,
  async run({ inboxId }, { lastAttempt, signal }) {
    const stored = await outlast(signal, () => readTogether("", inboxId));
    if (!stored) return;
    const events = readEvents(stored.object, stored.body);
    const accounts = events.map((event) => event.account.id);
    const faults = await inLine(accounts, signal, () => receiveAll(inboxId, events, stored));
    await markRead(inboxId, faults, lastAttempt);
    if (faults.length > 0) throw faults[0];
  },
});

type Stored = typeof webhookInbox.$inferSelect;

/**
 * Jobs that begin together are answered together, in the order in which they began: each joins its line in that order.
 */
const readTogether = createGather<string, Stored | undefined>({
  run: (_, ids) =>
    asSystem("read stored webhooks", async (tx) => {
      const waiting = and(inArray(webhookInbox.id, [...ids]), isNull(webhookInbox.processedAt));
      const rows = new Map((await tx.select().from(webhookInbox).where(waiting)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id));
    }),
  maxBatch: MAX_BATCH,
  maxRunning: 1,
});

/** Returns what failed; an outage is thrown, since all of it is to be done again in its place. */
async function receiveAll(inboxId: string, events: readonly InboundEvent[], stored: Stored): Promise<unknown[]> {
  const faults: unknown[] = [];
  const channels = new Map<string, ChannelRow[]>();
  for (const event of events) {
    try {
      await receiveOne(event, stored.object, stored.verifiedBy, channels);
    } catch (error) {
      if (isPassing(error)) throw error;
      faults.push(error);
      log.error({ err: error, webhook: inboxId, event: event.type }, "an event of a webhook failed");
    }
  }
  return faults;
}

function readEvents(object: string, body: Buffer): InboundEvent[] {
  const driver = driverOfObject(object);
  if (!driver) return [];
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch (error) {
    log.warn({ err: error, object }, "a signed webhook holds no JSON");
    return [];
  }
  return driver.parse(payload).flatMap((batch) => batch.events);
}

async function receiveOne(
  event: InboundEvent,
  object: string,
  verifiedBy: readonly string[],
  channels: Map<string, ChannelRow[]>,
): Promise<void> {
  const { account } = event;
  const key = `${account.kind}:${account.id}`;
  const found =
    channels.get(key) ??
    (await asSystem("the channels of a webhook's account", (tx) => findChannelsOfAccount(tx, account, verifiedBy)));
  channels.set(key, found);
  for (const channel of found) await receiveProviderEvent(channel, event);
  if (found.length === 0) await countForNobody(object, account, verifiedBy);
}

/**
 * TI4: an account that nobody has connected, or bound to another secret, or whose channel was disabled; counted, in that
 * channel's figures too, and never stored.
 */
async function countForNobody(object: string, account: AccountKey, verifiedBy: readonly string[]): Promise<void> {
  const { unknownAccount, channelHealth } = schema;
  await asSystem("count a webhook for nobody", async (tx, now) => {
    await tx
      .insert(unknownAccount)
      .values({ object, accountKey: account.id.slice(0, 64), day: now.toISOString().slice(0, 10), count: 1 })
      .onConflictDoUpdate({
        target: [unknownAccount.object, unknownAccount.accountKey, unknownAccount.day],
        set: { count: sql`${unknownAccount.count} + 1` },
      });
    const disabled = await findChannelsOfAccount(tx, account, verifiedBy, "disabled");
    await tx
      .update(channelHealth)
      .set({ lastWebhookAt: now, ignoredCount: sql`${channelHealth.ignoredCount} + 1` })
      .where(
        inArray(
          channelHealth.channelId,
          disabled.map(({ id }) => id),
        ),
      );
  });
}

/** Read bodies have done their duty and their content goes; those that failed stay for the retry. */
async function markRead(inboxId: string, faults: unknown[], lastAttempt: boolean): Promise<void> {
  await asSystem("mark a webhook as read", (tx, now) =>
    tx
      .update(webhookInbox)
      .set(
        faults.length === 0
          ? { processedAt: now, error: null }
          : { error: `${lastAttempt ? "dead: " : ""}${String(faults[0]).slice(0, 500)}` },
      )
      .where(eq(webhookInbox.id, inboxId)),
  );
}
