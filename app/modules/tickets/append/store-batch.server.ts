import type { PoolClient } from "pg";
import type { ConversationRow, MessageRow } from "~/modules/messaging/index.server";
import type { TicketRow } from "../reading/summarise.server";

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

export type Batch = {
  conversations: readonly ConversationRow[];
  messages: readonly MessageRow[];
  /** As they are now; `version` grew by `grown` since they were loaded. */
  tickets: readonly { row: TicketRow; grown: number }[];
  changes: readonly ChangeLine[];
};

/** All rows of a batch in one statement; a ticket that somebody changed meanwhile is not among those counted. */
const STORE = {
  name: "append_store",
  text: `
with conversation_news as (
  update conversation c set last_seq = n.last_seq, rev = n.rev, public_rev = n.public_rev,
    last_message_at = n.last_message_at, last_message_id = n.last_message_id,
    last_public_message_id = n.last_public_message_id, last_inbound_at = n.last_inbound_at
  from json_to_recordset($1) n(id uuid, last_seq int, rev int, public_rev int, last_message_at timestamptz,
    last_message_id uuid, last_public_message_id uuid, last_inbound_at timestamptz)
  where c.id = n.id returning c.id),
message_news as (
  insert into message (id, conversation_id, org_id, channel_id, ticket_id, seq, author_kind, author_id, author_name,
    client_id, kind, text, visibility, delivery, sent_at, created_at)
  select n.* from json_to_recordset($2) n(id uuid, conversation_id uuid, org_id uuid, channel_id uuid, ticket_id uuid,
    seq int, author_kind text, author_id uuid, author_name text, client_id uuid, kind text, text text, visibility text,
    delivery text, sent_at timestamptz, created_at timestamptz)
  returning id),
ticket_news as (
  update ticket t set waiting_on = n.waiting_on, waiting_since = n.waiting_since, snoozed_until = n.snoozed_until,
    first_reply_at = n.first_reply_at, last_activity_at = n.last_activity_at, version = n.version
  from json_to_recordset($3) n(id uuid, waiting_on text, waiting_since timestamptz, snoozed_until timestamptz,
    first_reply_at timestamptz, last_activity_at timestamptz, version int, loaded int)
  where t.id = n.id and t.version = n.loaded returning t.id),
change_news as (
  insert into change (org_id, conversation_id, ticket_id, rev, public_rev, kind, ref, created_at)
  select n.* from json_to_recordset($4) n(org_id uuid, conversation_id uuid, ticket_id uuid, rev int, public_rev int,
    kind text, ref uuid, created_at timestamptz)
  returning id, xid, ticket_id)
select (select count(*)::int from conversation_news) as conversations, (select count(*)::int from message_news) as messages,
  (select count(*)::int from ticket_news) as tickets,
  (select json_object_agg(ticket_id, xid || '.' || id) from change_news where ticket_id is not null) as cursors`,
};

type Stored = { conversations: number; messages: number; tickets: number; cursors: Record<string, string> | null };

/**
 * Writes a batch, in one statement. Returns the feed's cursor of each ticket's change.
 * @throws Error when not everything could be written as decided; the caller rolls back
 */
export async function storeBatch(client: PoolClient, batch: Batch): Promise<Record<string, string>> {
  const values = [
    batch.conversations.map(conversationValues),
    batch.messages.map(messageValues),
    batch.tickets.map(ticketValues),
    batch.changes,
  ].map((rows) => JSON.stringify(rows));
  const { rows } = await client.query<Stored>({ ...STORE, values });
  const [stored] = rows;
  const whole =
    stored?.conversations === batch.conversations.length &&
    stored.messages === batch.messages.length &&
    stored.tickets === batch.tickets.length;
  if (!whole) throw new Error("a ticket of the batch changed meanwhile");
  return stored.cursors ?? {};
}

const conversationValues = (row: ConversationRow) => ({
  id: row.id,
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

const ticketValues = ({ row, grown }: Batch["tickets"][number]) => ({
  id: row.id,
  waiting_on: row.waitingOn,
  waiting_since: row.waitingSince,
  snoozed_until: row.snoozedUntil,
  first_reply_at: row.firstReplyAt,
  last_activity_at: row.lastActivityAt,
  version: row.version,
  loaded: row.version - grown,
});
