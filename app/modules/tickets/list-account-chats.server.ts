import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";

export type AccountChat = {
  conversation_id: string;
  organisation: { name: string; handle: string };
  last_text: string | null;
  last_at: string | null;
  unread: number;
};

/** The conversations that an account has with organisations, the newest first. */
export async function listAccountChats(actor: AccountActor): Promise<AccountChat[]> {
  const { conversation, participant, organisation, message } = schema;
  const rows = await asSystem("an account's chats with organisations", (tx) =>
    tx
      .select({ conversation, name: organisation.name, handle: organisation.handle, text: message.text })
      .from(participant)
      .innerJoin(conversation, eq(conversation.id, participant.conversationId))
      .innerJoin(organisation, eq(organisation.id, conversation.orgId))
      .leftJoin(message, eq(message.id, conversation.lastPublicMessageId))
      .where(
        and(eq(participant.accountId, actor.accountId), eq(participant.role, "customer"), isNull(participant.leftAt)),
      ),
  );
  return rows
    .sort((a, b) => (b.conversation.lastMessageAt?.getTime() ?? 0) - (a.conversation.lastMessageAt?.getTime() ?? 0))
    .map((row) => ({
      conversation_id: row.conversation.id,
      organisation: { name: row.name, handle: row.handle },
      last_text: row.text,
      last_at: row.conversation.lastMessageAt?.toISOString() ?? null,
      unread: Math.max(0, row.conversation.lastSeq - row.conversation.customerReadSeq),
    }));
}
