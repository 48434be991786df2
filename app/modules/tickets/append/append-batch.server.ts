import type { PoolClient } from "pg";
import type { Actor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { DRIVERS } from "~/modules/channels/index.server";
import { type Appended, type MessageRow, messageCreated, toMessage } from "~/modules/messaging/index.server";
import { databaseErrorCode, onConnection } from "~/platform/db.server";
import { type EmittedEvent, publish } from "~/platform/events";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log.server";
import { tally } from "~/platform/tally";
import type { SendInput } from "../desk/send-message.server";
import { ticketChanged } from "../events";
import { toSummary } from "../reading/summarise.server";
import { type AppendDecision, type AppendSituation, decideAppend } from "./decide-append";
import { type Desk, type Key, loadDesks } from "./load-desks.server";
import { type Batch, type ChangeLine, storeBatch } from "./store-batch.server";

export type AppendItem = { actor: Actor; input: SendInput };
/** Null: this one goes the long way, which also says what is wrong with it. */
export type BatchAnswer = Appended | null;

type Touched = { desk: Desk; spoken: MessageRow[]; grown: number };
type Work = {
  now: Date;
  touched: Map<string, Touched>;
  messages: MessageRow[];
  changes: ChangeLine[];
  events: EmittedEvent[];
};

const emitted = <Data>(definition: EmittedEvent<Data>["definition"], data: Data): EmittedEvent =>
  ({ definition, data: definition.schema.parse(data) }) as EmittedEvent;

/**
 * Appends what waits in one organisation's conversations, in three statements and one commit: locks them, loads what
 * each decision needs, decides each message in turn on what the ones before it made, and writes all rows at once. What
 * `decideAppend` does not take is answered null and leaves no trace; nor does what belongs to a conversation that
 * somebody keeps locked: a process that stands still must not hold up an organisation.
 */
export async function appendBatch(orgId: string, items: readonly AppendItem[]): Promise<BatchAnswer[]> {
  const ids = [...new Set(items.map(({ input }) => input.conversationId))].sort();
  const work = (client: PoolClient, now: Date, locked: string[]) => appendLocked(client, now, locked, orgId, items);
  const { answers, events } = await onConnection(orgId, WAIT + lockOf(ids), (client, now) =>
    work(client, now, ids),
  ).catch((error: unknown) => {
    if (databaseErrorCode(error) !== LOCK_NOT_AVAILABLE) throw error;
    return onConnection(orgId, "select 1", async (client, now) => work(client, now, await lockFree(client, ids)));
  });
  tally("append_batches");
  tally("append_messages", answers.filter(Boolean).length);
  await publish(events, (error) => log.error({ err: error }, "a listener failed"));
  return answers;
}

async function appendLocked(
  client: PoolClient,
  now: Date,
  ids: string[],
  orgId: string,
  items: readonly AppendItem[],
): Promise<{ answers: BatchAnswer[]; events: EmittedEvent[] }> {
  const desks = await loadDesks(client, ids, keysOf(orgId, items));
  const work: Work = { now, touched: new Map(), messages: [], changes: [], events: [] };
  const answers = items.map((item) => appendOne(work, desks.get(item.input.conversationId), item));
  if (work.messages.length > 0) tellTickets(work, await storeBatch(client, batchOf(work)));
  return { answers, events: work.events };
}

const LOCK_NOT_AVAILABLE = "55P03";
/** Far longer than whoever works holds a conversation. */
const WAIT = "set local lock_timeout = '1s'; ";

/** In the order of the ids, so that two batches never wait for one another; the ids were checked to be UUIDs. */
const lockOf = (ids: readonly string[]) =>
  `select id from conversation where id in (${ids.map((id) => `'${id}'`).join()}) order by id for no key update`;

/** Locks those that nobody holds; returns their ids. */
async function lockFree(client: PoolClient, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`${lockOf(ids)} skip locked`);
  return rows.map(({ id }) => id);
}

/** An account that is a member may be the customer too. */
function keysOf(orgId: string, items: readonly AppendItem[]): Key[] {
  return items.flatMap(({ actor, input: { conversationId, clientId } }) => {
    const memberId = membershipIn(actor, orgId)?.memberId;
    const key = { conversationId, clientId, memberId: null };
    return memberId ? [key, { ...key, memberId }] : [key];
  });
}

function appendOne(work: Work, desk: Desk | undefined, { actor, input }: AppendItem): BatchAnswer {
  const decision =
    desk && !desk.used.includes(input.clientId) && decideAppend(actor, situationOf(desk, work.now), input);
  if (!desk || !decision) return null;
  desk.used.push(input.clientId);
  const row = advance(desk, work.now, decision, input);
  const { id, orgId, rev } = desk.conversation;
  const publicRev = input.visibility === "public" ? desk.conversation.publicRev : null;
  work.messages.push(row);
  work.changes.push({ ...lineOf(desk, work.now), rev, public_rev: publicRev, kind: messageCreated.name, ref: row.id });
  work.events.push(emitted(messageCreated, { conversationId: id, orgId, rev, publicRev, message: toMessage(row) }));
  const touched = work.touched.get(id) ?? { desk, spoken: [], grown: 0 };
  touched.spoken.push(row);
  if (decision.turn) touched.grown++;
  work.touched.set(id, touched);
  return { row, dedup: false };
}

const lineOf = ({ conversation }: Desk, now: Date) => ({
  org_id: conversation.orgId,
  conversation_id: conversation.id,
  ticket_id: null,
  created_at: now,
});

function situationOf(
  { conversation, contact, channel, ticket, area, customerAccountId }: Desk,
  now: Date,
): AppendSituation {
  return {
    now,
    conversation,
    contact: { id: contact.id, name: contact.name, blocked: contact.blockedAt !== null },
    channel: {
      kind: channel.kind,
      connected: channel.health === "ok" && channel.disabledAt === null,
      disabled: channel.disabledAt !== null,
      carried: DRIVERS[channel.kind].delivery === "provider",
    },
    customerAccountId,
    ticket,
    area,
  };
}

/** The conversation and its ticket move on; returns the message as it will be stored. */
function advance(desk: Desk, now: Date, decision: AppendDecision, input: SendInput): MessageRow {
  const { conversation, ticket } = desk;
  const id = newId();
  conversation.lastSeq++;
  conversation.rev++;
  conversation.lastMessageAt = now;
  conversation.lastMessageId = id;
  if (input.visibility === "public") {
    conversation.publicRev++;
    conversation.lastPublicMessageId = id;
  }
  if (decision.inbound && !(conversation.lastInboundAt && conversation.lastInboundAt >= now))
    conversation.lastInboundAt = now;
  if (decision.turn) Object.assign(ticket, decision.turn, { version: ticket.version + 1 });
  return {
    id,
    conversationId: conversation.id,
    orgId: conversation.orgId,
    channelId: conversation.channelId,
    ticketId: ticket.id,
    seq: conversation.lastSeq,
    authorKind: decision.author.kind,
    authorId: decision.author.id,
    authorName: decision.author.name,
    clientId: input.clientId,
    kind: "text",
    text: input.text,
    payload: null,
    attachments: [],
    reactions: [],
    replyTo: null,
    visibility: input.visibility,
    externalId: null,
    delivery: decision.delivery,
    deliveryError: null,
    late: false,
    sentAt: now,
    createdAt: now,
    editedAt: null,
    deletedAt: null,
  };
}

function batchOf(work: Work): Batch {
  const touched = [...work.touched.values()];
  return {
    conversations: touched.map(({ desk }) => desk.conversation),
    messages: work.messages,
    tickets: touched.flatMap(({ desk, grown }) => (grown > 0 ? [{ row: desk.ticket, grown }] : [])),
    changes: [
      ...work.changes,
      ...touched.map(({ desk }) => ({
        ...lineOf(desk, work.now),
        ticket_id: desk.ticket.id,
        rev: null,
        public_rev: null,
        kind: ticketChanged.name,
        ref: desk.ticket.id,
      })),
    ],
  };
}

/** Each ticket is told of once, as it is at the end. */
function tellTickets(work: Work, cursors: Record<string, string>): void {
  for (const { desk, spoken } of work.touched.values()) {
    const { ticket, area, contact, channel, assigneeName } = desk;
    const ticketNow = toSummary({
      ticket,
      area,
      contact,
      channel,
      assigneeName,
      readSeq: 0,
      last: spoken.at(-1) ?? null,
    });
    const before = { areaId: ticket.areaId, assigneeId: ticket.assigneeId };
    const cursor = cursors[ticket.id] ?? "";
    work.events.push(
      emitted(ticketChanged, { orgId: ticket.orgId, ticket: ticketNow, events: [], cursor, rev: null, before }),
    );
  }
}
