import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { AccountKey, InboundEvent } from "~/modules/channels";
import { type ChannelRow, findChannelsOfAccount } from "~/modules/channels/index.server";
import { asSystem, type Tx } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { createGather } from "~/platform/waiting/gather";
import { isPassing, outlast } from "~/platform/waiting/outlast.server";
import { schema } from "~db/index.server";
import { eventsInLines } from "./customer-lines.server";
import { inLine } from "./in-line.server";
import { receiveProviderEvent } from "./receive-provider-event.server";
import { markFailed, markRead, readWaiting, type StoredWebhook, waitingUpTo } from "./waiting-webhooks.server";
import { readEvents } from "./webhook-events.server";

/** Bodies may have 3 MB each, and wait in memory. */
const MAX_BATCH = 16;
/** A body that ends the process, or takes for ever, must not do so to each that comes after it. */
const ATTEMPTS_IN_LINE = 3;

/**
 * Reads a stored webhook, every entry and event of it; before it, what older ones tell of the same customers. An event
 * that fails keeps none of the others from being kept; the job is tried again for it, and repeats of the others write
 * nothing.
 */
export const processWebhook = defineJob({
  name: "process-webhook",
  lane: "inbound",
  payload: z.object({ inboxId: z.uuid() }),
  maxAttempts: 6,
  async run({ inboxId }, { attempt, lastAttempt, signal }) {
    const stored = await outlast(signal, () => readTogether("", inboxId));
    if (!stored) return;
    const events = readEvents(stored.object, stored.body);
    const accounts = events.map((event) => event.account.id);
    const lines = attempt > ATTEMPTS_IN_LINE ? [] : (stored.lines ?? []);
    const visit: Visit = { stored: { ...stored, lines }, events, passedOver: new Set(), lastAttempt };
    let faults: unknown[] | null = null;
    // Who has many before it joins the line again for each handful, so that other customers have their turn.
    while (!faults) faults = await inLine(accounts, signal, (tx, now) => takeTurn(tx, now, visit));
    if (faults.length > 0) throw faults[0];
  },
});

type Visit = {
  stored: StoredWebhook;
  events: readonly InboundEvent[];
  /** Older bodies that had their chance before this one, and wait for their own jobs. */
  passedOver: Set<string>;
  lastAttempt: boolean;
};

/** Jobs that begin together are answered together. */
const readTogether = createGather<string, StoredWebhook | undefined>({
  run: (_, ids) => asSystem("read stored webhooks", (tx) => readWaiting(tx, ids)),
  maxBatch: MAX_BATCH,
  maxRunning: 1,
});

/**
 * Reads what stands before a body, or a handful of it, and then the body. Returns what failed of its own, and null when
 * it has not come to that. What the transaction writes it writes last: the feed waits for whoever has written.
 */
async function takeTurn(tx: Tx, now: Date, { stored, events, passedOver, lastAttempt }: Visit) {
  const { id, lines } = stored;
  const inOrder = lines?.length ? await waitingUpTo(tx, stored, passedOver, MAX_BATCH) : [id];
  const older = inOrder.filter((waiting) => waiting !== id);
  const read: string[] = [];
  for (const before of await readWaiting(tx, older)) {
    if (!before) continue;
    if (await readBefore(before, lines ?? [])) read.push(before.id);
    else passedOver.add(before.id);
  }
  const isTurn = inOrder.includes(id);
  const faults = isTurn ? await receiveAll(id, events, stored) : [];
  const [fault] = faults;
  await markRead(tx, now, isTurn && faults.length === 0 ? [...read, id] : read);
  if (fault !== undefined) await markFailed(tx, id, fault, lastAttempt);
  return isTurn || older.length === 0 ? faults : null;
}

/** What an older body tells in these lines. Answers whether that was all of it, and nothing failed. */
async function readBefore(older: StoredWebhook, lines: readonly string[]): Promise<boolean> {
  const all = readableEvents(older);
  if (!all) return false;
  const events = eventsInLines(all, older.verifiedBy, lines);
  const faults = await receiveAll(older.id, events, older);
  return faults.length === 0 && events.length === all.length;
}

/** Null where the body cannot be read: its own job says so. */
function readableEvents({ object, body }: StoredWebhook): InboundEvent[] | null {
  try {
    return readEvents(object, body);
  } catch {
    return null;
  }
}

/** Returns what failed; an outage is thrown, since all of it is to be done again in its place. */
async function receiveAll(inboxId: string, events: readonly InboundEvent[], stored: StoredWebhook): Promise<unknown[]> {
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
