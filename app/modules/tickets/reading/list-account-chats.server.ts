import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { FirstFile } from "~/modules/messaging";
import { firstFile, unhidden } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";

export type AccountChat = {
  conversation_id: string;
  organisation: { name: string; handle: string };
  last_text: string | null;
  last_file: FirstFile | null;
  last_at: string | null;
  unread: number;
};

/** The conversations that an account has with organisations, the newest first; those of `ids` only, where they are named. */
export async function listAccountChats(actor: AccountActor, ids?: readonly string[]): Promise<AccountChat[]> {
  const { conversation, participant, organisation, message } = schema;
  // Only what this reader may see counts: a note for colleagues must not show, not even as a number or a time.
  const unread = sql<number>`(select count(*)::int from message unseen where unseen.conversation_id = ${conversation.id}
    and unseen.seq > ${conversation.customerReadSeq} and unseen.visibility = 'public' and unseen.author_kind <> 'contact'
    and unseen.deleted_at is null and ${unhidden(actor.accountId, sql`unseen.id`)})`;
  const lastInSight = sql`(select seen.id from message seen
    where seen.conversation_id = ${conversation.id} and seen.visibility = 'public' and seen.deleted_at is null
      and ${unhidden(actor.accountId, sql`seen.id`)}
    order by seen.seq desc limit 1)`;
  const rows = await asSystem("an account's chats with organisations", (tx) =>
    tx
      .select({
        id: conversation.id,
        name: organisation.name,
        handle: organisation.handle,
        text: message.text,
        file: firstFile(message.attachments),
        at: message.createdAt,
        unread,
      })
      .from(participant)
      .innerJoin(conversation, eq(conversation.id, participant.conversationId))
      .innerJoin(organisation, eq(organisation.id, conversation.orgId))
      .leftJoin(message, eq(message.id, lastInSight))
      .where(
        and(
          eq(participant.accountId, actor.accountId),
          eq(participant.role, "customer"),
          isNull(participant.leftAt),
          isNull(organisation.suspendedAt),
          ids && inArray(conversation.id, ids.filter(isUuid)),
        ),
      ),
  );
  return rows
    .sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0))
    .map((row) => ({
      conversation_id: row.id,
      organisation: { name: row.name, handle: row.handle },
      last_text: row.text,
      last_file: row.file,
      last_at: row.at?.toISOString() ?? null,
      unread: row.unread,
    }));
}
