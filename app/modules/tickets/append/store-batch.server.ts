import type { MessageRow } from "~/modules/messaging/index.server";
import type { Prepared } from "~/platform/db.server";
import type { Role } from "~db/schema/accounts";
import type { TicketRow } from "../reading/summarise.server";
import type { Desk, Key } from "./load-desks.server";

export type ChangeLine = {
  org_id: string | null;
  conversation_id: string;
  ticket_id: string | null;
  rev: number | null;
  public_rev: number | null;
  kind: string;
  ref: string;
  created_at: Date;
};

/** A member who writes, as they stood when they were let in, as far as it was decided on. */
export type Writer = { conversationId: string; memberId: string; role: Role; areaId: string; inArea: boolean };

export type Batch = {
  /** As the database's clock stood when the batch was decided. */
  now: Date;
  /** The senders' keys of all messages. */
  keys: readonly Key[];
  /** As they are now, with the stamp of when they were read. */
  conversations: readonly Desk[];
  messages: readonly MessageRow[];
  writers: readonly Writer[];
  tickets: readonly TicketRow[];
  changes: readonly ChangeLine[];
};

/**
 * All rows of a batch in one statement, which needs no lock taken before. What was decided on is stored where it still
 * stands: where no row that the decision read was written since, the members who write have the role and the area that
 * they had when they were let in, no key was used, nobody holds the conversation, and the database's clock is where it
 * was taken to be. The others' rows are left out, and their conversations are not among those returned.
 */
export const STORE: Prepared = {
  name: "append_store(json, json, json, json, json, timestamptz, json)",
  sql: `
with guard as materialized (
  select c.id from json_to_recordset($1) n(id uuid, ticket_id uuid, stamp text)
    join conversation c on c.id = n.id
    join ticket t on t.id = n.ticket_id
    join organisation o on o.id = c.org_id
    join identity i on i.id = c.identity_id
    join contact p on p.id = i.contact_id
    join channel h on h.id = i.channel_id
    join area a on a.id = t.area_id
  where concat_ws('.', c.xmin, t.xmin, o.xmin, i.xmin, p.xmin, h.xmin, a.xmin) = n.stamp
    and now() between $6 - interval '1 second' and $6 + interval '3 seconds'
    and n.id <> all(array(
      select k.conversation_id
      from json_to_recordset($5) k(conversation_id uuid, author_kind text, author_id uuid, client_id uuid)
        join message m on m.author_kind = k.author_kind and m.author_id = k.author_id and m.client_id = k.client_id))
    and n.id <> all(array(
      select w.conversation_id
      from json_to_recordset($7) w(conversation_id uuid, member_id uuid, role text, area_id uuid, in_area boolean)
        left join member m on m.id = w.member_id and m.removed_at is null
      where m.role is distinct from w.role or w.in_area <> exists (
        select from area_member am where am.area_id = w.area_id and am.member_id = w.member_id)))
  order by c.id for no key update of c, t skip locked),
conversation_news as (
  update conversation c set last_seq = n.last_seq, rev = n.rev, public_rev = n.public_rev,
    last_message_at = n.last_message_at, last_message_id = n.last_message_id,
    last_public_message_id = n.last_public_message_id, last_inbound_at = n.last_inbound_at
  from json_to_recordset($1) n(id uuid, last_seq int, rev int, public_rev int, last_message_at timestamptz,
    last_message_id uuid, last_public_message_id uuid, last_inbound_at timestamptz)
  where c.id = n.id and n.id = any(array(select id from guard))),
message_news as (
  insert into message (id, conversation_id, org_id, channel_id, ticket_id, seq, author_kind, author_id, author_name,
    client_id, kind, text, visibility, delivery, sent_at, created_at)
  select n.* from json_to_recordset($2) n(id uuid, conversation_id uuid, org_id uuid, channel_id uuid, ticket_id uuid,
    seq int, author_kind text, author_id uuid, author_name text, client_id uuid, kind text, text text, visibility text,
    delivery text, sent_at timestamptz, created_at timestamptz)
  where n.conversation_id = any(array(select id from guard))),
ticket_news as (
  update ticket t set waiting_on = n.waiting_on, waiting_since = n.waiting_since, snoozed_until = n.snoozed_until,
    first_reply_at = n.first_reply_at, last_activity_at = n.last_activity_at, version = n.version
  from json_to_recordset($3) n(id uuid, conversation_id uuid, waiting_on text, waiting_since timestamptz,
    snoozed_until timestamptz, first_reply_at timestamptz, last_activity_at timestamptz, version int)
  where t.id = n.id and n.conversation_id = any(array(select id from guard))),
change_news as (
  insert into change (org_id, conversation_id, ticket_id, rev, public_rev, kind, ref, created_at)
  select n.* from json_to_recordset($4) n(org_id uuid, conversation_id uuid, ticket_id uuid, rev int, public_rev int,
    kind text, ref uuid, created_at timestamptz)
  where n.conversation_id = any(array(select id from guard))
  returning id, xid, ticket_id)
select json_build_object(
  'conversations', (select coalesce(json_agg(id), '[]') from guard),
  'cursors', (select json_object_agg(ticket_id, xid || '.' || id) from change_news where ticket_id is not null),
  'xmin', (select xid::xid from change_news limit 1)) as stored`,
};

export type Stored = {
  conversations: ReadonlySet<string>;
  /** The feed's cursor of each ticket's change. */
  cursors: Record<string, string>;
};

/** What the statement takes, in its order. */
export function valuesOf(batch: Batch): string[] {
  const lists = [
    batch.conversations.map(conversationValues),
    batch.messages.map(messageValues),
    batch.tickets.map(ticketValues),
    batch.changes,
    batch.keys.map(keyValues(batch.conversations)),
  ];
  const writers = JSON.stringify(batch.writers.map(writerValues));
  return [...lists.map((rows) => JSON.stringify(rows)), batch.now.toISOString(), writers];
}

/** Reads what the statement answered, and stamps the desks that were stored anew. */
export function readStored(batch: Batch, rows: readonly unknown[]): Stored {
  const [{ stored }] = rows as [{ stored: { conversations: string[]; cursors: Stored["cursors"]; xmin: string } }];
  const conversations = new Set(stored.conversations);
  const moved = new Set(batch.tickets.map((ticket) => ticket.id));
  for (const { conversation, ticket, stamp } of batch.conversations) {
    if (!conversations.has(conversation.id)) continue;
    stamp.conversation = String(stored.xmin);
    if (moved.has(ticket.id)) stamp.ticket = stamp.conversation;
  }
  return { conversations, cursors: stored.cursors ?? {} };
}

const conversationValues = ({ conversation: row, ticket, stamp }: Desk) => ({
  id: row.id,
  ticket_id: ticket.id,
  stamp: `${stamp.conversation}.${stamp.ticket}.${stamp.around}`,
  last_seq: row.lastSeq,
  rev: row.rev,
  public_rev: row.publicRev,
  last_message_at: row.lastMessageAt,
  last_message_id: row.lastMessageId,
  last_public_message_id: row.lastPublicMessageId,
  last_inbound_at: row.lastInboundAt,
});

const messageValues = (row: MessageRow) => ({
  id: row.id,
  conversation_id: row.conversationId,
  org_id: row.orgId,
  channel_id: row.channelId,
  ticket_id: row.ticketId,
  seq: row.seq,
  author_kind: row.authorKind,
  author_id: row.authorId,
  author_name: row.authorName,
  client_id: row.clientId,
  kind: row.kind,
  text: row.text,
  visibility: row.visibility,
  delivery: row.delivery,
  sent_at: row.sentAt,
  created_at: row.createdAt,
});

const ticketValues = (row: TicketRow) => ({
  id: row.id,
  conversation_id: row.conversationId,
  waiting_on: row.waitingOn,
  waiting_since: row.waitingSince,
  snoozed_until: row.snoozedUntil,
  first_reply_at: row.firstReplyAt,
  last_activity_at: row.lastActivityAt,
  version: row.version,
});

const writerValues = ({ conversationId, memberId, role, areaId, inArea }: Writer) => ({
  conversation_id: conversationId,
  member_id: memberId,
  role,
  area_id: areaId,
  in_area: inArea,
});

/** A key without a member is the customer's. */
function keyValues(desks: readonly Desk[]) {
  const contacts = new Map(desks.map(({ conversation, contact }) => [conversation.id, contact.id]));
  return ({ conversationId, clientId, memberId }: Key) => ({
    conversation_id: conversationId,
    author_kind: memberId ? "member" : "contact",
    author_id: memberId ?? contacts.get(conversationId),
    client_id: clientId,
  });
}
