import type { Actor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { DRIVERS } from "~/modules/channels/index.server";
import { chatsChanged } from "~/modules/chats/events";
import { type Appended, type MessageRow, messageCreated, toMessage } from "~/modules/messaging/index.server";
import type { EmittedEvent } from "~/platform/events";
import { newId } from "~/platform/ids";
import type { SendInput } from "../desk/send-message.server";
import { ticketChanged } from "../events";
import { toSummary } from "../reading/summarise.server";
import { type AppendDecision, type AppendSituation, decideAppend } from "./decide-append";
import type { Desk, Key } from "./load-desks.server";
import type { Batch, ChangeLine, Stored, Writer } from "./store-batch.server";

export type AppendItem = { actor: Actor; input: SendInput };

type Spoken = { conversationId: string };
type Touched = { desk: Desk; spoken: MessageRow[]; ticketMoved: boolean };
/** What a batch will write, and tell once it is written. */
export type Work = {
  now: Date;
  touched: Map<string, Touched>;
  messages: MessageRow[];
  changes: ChangeLine[];
  /** On whose standing it was decided. */
  writers: Writer[];
  events: EmittedEvent[];
};

export const newWork = (now: Date): Work => ({
  now,
  touched: new Map(),
  messages: [],
  changes: [],
  writers: [],
  events: [],
});

const emitted = <Data>(definition: EmittedEvent<Data>["definition"], data: Data): EmittedEvent =>
  ({ definition, data: definition.schema.parse(data) }) as EmittedEvent;

/**
 * Adds one message to the work and moves its desk on, so that the next one of the conversation builds on it. Null, and
 * nothing is changed, where `decideAppend` does not take it or where its key was used.
 */
export function appendOne(work: Work, desk: Desk, { actor, input }: AppendItem): Appended | null {
  const decision = !desk.used.includes(input.clientId) && decideAppend(actor, situationOf(desk, work.now), input);
  if (!decision) return null;
  desk.used.push(input.clientId);
  const row = advance(desk, work.now, decision, input);
  const { id, orgId, rev } = desk.conversation;
  const publicRev = input.visibility === "public" ? desk.conversation.publicRev : null;
  work.messages.push(row);
  if (decision.author.kind === "member") work.writers.push(...writersOf(actor, desk));
  work.changes.push({ ...lineOf(desk, work.now), rev, public_rev: publicRev, kind: messageCreated.name, ref: row.id });
  work.events.push(emitted(messageCreated, { conversationId: id, orgId, rev, publicRev, message: toMessage(row) }));
  const touched = work.touched.get(id) ?? { desk, spoken: [], ticketMoved: false };
  touched.spoken.push(row);
  touched.ticketMoved ||= decision.turn !== null;
  work.touched.set(id, touched);
  return { row, dedup: false };
}

const lineOf = ({ conversation }: Desk, now: Date) => ({
  org_id: conversation.orgId,
  conversation_id: conversation.id,
  ticket_id: null,
  created_at: now,
});

function writersOf(actor: Actor, { conversation, ticket }: Desk): Writer[] {
  const membership = membershipIn(actor, conversation.orgId);
  if (!membership) return [];
  const { memberId, role, areaIds } = membership;
  return [
    { conversationId: conversation.id, memberId, role, areaId: ticket.areaId, inArea: areaIds.includes(ticket.areaId) },
  ];
}

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
    pinnedAt: null,
  };
}

/** The rows of a work. */
export function batchOf(work: Work, keys: readonly Key[]): Batch {
  const touched = [...work.touched.values()];
  return {
    now: work.now,
    keys,
    conversations: touched.map(({ desk }) => desk),
    messages: work.messages,
    writers: work.writers,
    tickets: touched.flatMap(({ desk, ticketMoved }) => (ticketMoved ? [desk.ticket] : [])),
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

/** What there is to tell of what was stored; each ticket is told of once, as it is at the end. */
export function newsOf(work: Work, stored: Stored): EmittedEvent[] {
  const events = work.events.filter(({ data }) => stored.conversations.has((data as Spoken).conversationId));
  for (const { desk, spoken } of work.touched.values()) {
    if (!stored.conversations.has(desk.conversation.id)) continue;
    const { ticket, area, contact, channel, assigneeName, readers, customerAccountId } = desk;
    const said = spoken.at(-1);
    const ticketNow = toSummary({
      ticket,
      area,
      contact,
      channel,
      assigneeName,
      readers,
      historyFromSeq: ticket.historyFromSeq,
      readSeq: 0,
      // What comes this way carries no files.
      last: said ? { ...said, file: null } : null,
    });
    const before = { areaId: ticket.areaId, assigneeId: ticket.assigneeId };
    const cursor = stored.cursors[ticket.id] ?? "";
    events.push(
      emitted(ticketChanged, {
        orgId: ticket.orgId,
        ticket: ticketNow,
        events: [],
        cursor,
        rev: null,
        before,
        readers,
      }),
    );
    if (customerAccountId && spoken.some(({ visibility }) => visibility === "public"))
      events.push(emitted(chatsChanged, { conversationId: desk.conversation.id, accountIds: [customerAccountId] }));
  }
  return events;
}
