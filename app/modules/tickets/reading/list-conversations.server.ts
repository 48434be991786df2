import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { listMessages } from "~/modules/messaging/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { visibleTo } from "../lists/visible-to.server";
import { accessConversation } from "./conversation-access.server";

export type ConversationSummary = {
  id: string;
  kind: string;
  contact: { id: string; name: string } | null;
  channel: { id: string; kind: string } | null;
  ticket_id: string | null;
  last_seq: number;
  rev: number;
  last_message_at: string | null;
};

const { conversation, ticket, identity, contact, channel } = schema;

function selectConversations(tx: Tx) {
  // The newest ticket of a conversation decides who sees it.
  const newest = sql`${ticket.id} = (select t.id from ticket t where t.conversation_id = ${conversation.id} order by t.opened_at desc, t.id desc limit 1)`;
  return tx
    .select({
      conversation,
      ticketId: ticket.id,
      contact: { id: contact.id, name: contact.name },
      channel: { id: channel.id, kind: channel.kind },
    })
    .from(conversation)
    .leftJoin(ticket, newest)
    .leftJoin(identity, eq(identity.id, conversation.identityId))
    .leftJoin(contact, eq(contact.id, identity.contactId))
    .leftJoin(channel, eq(channel.id, conversation.channelId))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof selectConversations>>[number];

const toSummary = (row: Row, rev: number): ConversationSummary => ({
  id: row.conversation.id,
  kind: row.conversation.kind,
  contact: row.contact,
  channel: row.channel,
  ticket_id: row.ticketId,
  last_seq: row.conversation.lastSeq,
  rev,
  last_message_at: row.conversation.lastMessageAt?.toISOString() ?? null,
});

const CURSOR = /^(\d{1,13})\.([0-9a-f-]{36})$/;

function afterCursor(cursor: string | null | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !isUuid(id)) throw invalid("cursor_invalid");
  return sql`(${conversation.lastMessageAt}, ${conversation.id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${id}::uuid)`;
}

/** A page of the customer conversations whose newest ticket the member sees, the newest message first. */
export async function listConversations(
  actor: Actor,
  orgId: string,
  page: { cursor?: string | null; limit: number },
): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }> {
  const { membership } = requireMembership(actor, orgId, "messages:read");
  return inScope({ orgId }, async (tx) => {
    const rows = await selectConversations(tx)
      .where(
        and(
          eq(conversation.orgId, orgId),
          eq(conversation.kind, "customer"),
          or(
            and(isNotNull(ticket.id), await visibleTo(tx, membership)),
            membership.role === "admin" ? isNull(ticket.id) : undefined,
          ),
          sql`${conversation.lastMessageAt} is not null`,
          afterCursor(page.cursor),
        ),
      )
      .orderBy(desc(conversation.lastMessageAt), desc(conversation.id))
      .limit(page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const last = kept.at(-1)?.conversation;
    return {
      conversations: kept.map((row) => toSummary(row, row.conversation.rev)),
      nextCursor: rows.length > page.limit && last?.lastMessageAt ? `${last.lastMessageAt.getTime()}.${last.id}` : null,
    };
  });
}

/** One conversation, as this reader counts its changes. @throws AppError 404 when it is not theirs */
export async function getConversation(actor: Actor, conversationId: string): Promise<ConversationSummary> {
  const access = await accessConversation(actor, conversationId, inScope);
  return inScope(access.scope, async (tx) => {
    const [row] = await selectConversations(tx).where(eq(conversation.id, conversationId));
    if (!row) throw notFound("conversation");
    const staff = access.audience === "staff";
    const summary = toSummary(row, staff ? row.conversation.rev : row.conversation.publicRev);
    if (staff) return summary;
    const { messages } = await listMessages(tx, conversationId, access, { limit: 1 });
    const last = messages.at(-1);
    return { ...summary, ticket_id: null, last_seq: last?.seq ?? 0, last_message_at: last?.created_at ?? null };
  });
}
