import { membershipIn } from "~/modules/accounts";
import type { Appended } from "~/modules/messaging/index.server";
import { type Connection, databaseErrorCode, inOneTrip, onConnection } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { publish } from "~/platform/events";
import { log } from "~/platform/log.server";
import { tally } from "~/platform/tally";
import { type AppendItem, appendOne, batchOf, newsOf, newWork, type Work } from "./batch-work.server";
import { clockFor, keepDesk, noteClock, takeDesks } from "./desk-memory.server";
import { type Desk, type Key, loadDesks } from "./load-desks.server";
import { type Batch, readStored, STORE, type Stored, valuesOf } from "./store-batch.server";

/** Null: this one goes the long way, which also says what is wrong with it. An error is this one's alone. */
export type BatchAnswer = Appended | AppError | null;
type Answers = Map<AppendItem, BatchAnswer>;

/**
 * Appends what waits in one organisation's conversations. Where this process wrote a moment ago it remembers what stood
 * there, decides on that, and stores in one statement that checks it: one round trip. The others, and those where
 * something changed meanwhile, are locked, read and decided anew, and stored by the same statement. What `decideAppend`
 * does not take is answered null and leaves no trace. One bad append does not fail its neighbours: what the database
 * refuses as a batch goes its own way, each.
 */
export async function appendBatch(orgId: string, items: readonly AppendItem[]): Promise<BatchAnswer[]> {
  const answers: Answers = new Map();
  const again = await appendRemembered(orgId, items, answers).catch((error) => setAside(items, answers, error));
  if (again.length > 0) await appendLocked(orgId, again, answers).catch((error) => setAside(again, answers, error));
  const all = items.map((item) => answers.get(item) ?? null);
  tally("append_batches");
  tally("append_messages", all.filter((answer) => answer && !(answer instanceof AppError)).length);
  return all;
}

/** Returns those that are to be looked at anew: none of them when the database is away, for it is away for them too. */
function setAside(items: readonly AppendItem[], answers: Answers, error: unknown): readonly AppendItem[] {
  const away = error instanceof AppError && error.retryable ? error : null;
  for (const item of items) answers.set(item, away);
  if (away) return [];
  tally("append_batches_taken_apart");
  log.info({ err: error, messages: items.length }, "a batch was taken apart");
  return items;
}

/** Returns those that are to be looked at anew. */
async function appendRemembered(
  orgId: string,
  items: readonly AppendItem[],
  answers: Answers,
): Promise<readonly AppendItem[]> {
  const desks = takeDesks(conversationsOf(items));
  if (desks.size === 0) return items;
  const known = items.filter(({ input }) => desks.has(input.conversationId));
  const work = decide(clockFor(desks.values()), desks, known, answers);
  const stored = await store(work, keysOf(orgId, known), async (batch) => {
    const { now, rows } = await inOneTrip({ orgId }, STORE, valuesOf(batch));
    noteClock(now);
    return rows;
  });
  await tell(work, stored);
  const told = work.messages.filter((row) => stored.conversations.has(row.conversationId));
  tally("append_messages_in_one_trip", told.length);
  return items.filter((item) => !desks.has(item.input.conversationId) || isLeft(item, work, stored));
}

async function appendLocked(orgId: string, items: readonly AppendItem[], answers: Answers): Promise<void> {
  const ids = conversationsOf(items);
  const keys = keysOf(orgId, items);
  const { work, stored } = await onFreeConversations(orgId, ids, async ({ client, now, commitWith }, locked) => {
    noteClock(now);
    const work = decide(now, await loadDesks(client, locked, keys), items, answers);
    return { work, stored: await store(work, keys, (batch) => commitWith(STORE, valuesOf(batch))) };
  });
  await tell(work, stored);
  for (const item of items) if (isLeft(item, work, stored)) answers.set(item, null);
}

/** Whether it was to be stored, and its conversation no longer stood as it was read. */
const isLeft = ({ input: { conversationId: id } }: AppendItem, work: Work, stored: Stored) =>
  work.touched.has(id) && !stored.conversations.has(id);

const conversationsOf = (items: readonly AppendItem[]) => [...new Set(items.map(({ input }) => input.conversationId))];

/** An account that is a member may be the customer too. */
function keysOf(orgId: string, items: readonly AppendItem[]): Key[] {
  return items.flatMap(({ actor, input: { conversationId, clientId } }) => {
    const memberId = membershipIn(actor, orgId)?.memberId;
    const key = { conversationId, clientId, memberId: null };
    return memberId ? [key, { ...key, memberId }] : [key];
  });
}

function decide(now: Date, desks: ReadonlyMap<string, Desk>, items: readonly AppendItem[], answers: Answers): Work {
  const work = newWork(now);
  for (const item of items) {
    const desk = desks.get(item.input.conversationId);
    answers.set(item, desk ? appendOne(work, desk, item) : null);
  }
  return work;
}

async function store(
  work: Work,
  keys: readonly Key[],
  run: (batch: Batch) => Promise<readonly unknown[]>,
): Promise<Stored> {
  if (work.messages.length === 0) return { conversations: new Set(), cursors: {} };
  const batch = batchOf(work, keys);
  return readStored(batch, await run(batch));
}

async function tell(work: Work, stored: Stored): Promise<void> {
  for (const { desk } of work.touched.values()) if (stored.conversations.has(desk.conversation.id)) keepDesk(desk);
  await publish(newsOf(work, stored), (error) => log.error({ err: error }, "a listener failed"));
}

const LOCK_NOT_AVAILABLE = "55P03";
/** Far longer than whoever works holds a conversation. */
const WAIT = "set local lock_timeout = '1s'; ";

/** In the order of the ids, so that two batches never wait for one another; the ids were checked to be UUIDs. */
const lockOf = (ids: readonly string[]) =>
  `select id from conversation where id in (${ids.map((id) => `'${id}'`).join()}) order by id for no key update`;

/**
 * A transaction that has locked these conversations; where somebody keeps one locked, those that nobody does: a process
 * that stands still must not hold up an organisation.
 */
function onFreeConversations<T>(
  orgId: string,
  ids: readonly string[],
  work: (connection: Connection, locked: string[]) => Promise<T>,
): Promise<T> {
  return onConnection(orgId, WAIT + lockOf(ids), (connection) => work(connection, [...ids])).catch((error: unknown) => {
    if (databaseErrorCode(error) !== LOCK_NOT_AVAILABLE) throw error;
    return onConnection(orgId, "select 1", async (connection) => {
      const { rows } = await connection.client.query<{ id: string }>(`${lockOf(ids)} skip locked`);
      return work(
        connection,
        rows.map(({ id }) => id),
      );
    });
  });
}
