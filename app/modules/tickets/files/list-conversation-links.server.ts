import { and, desc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";

export type MessageWithLinks = { id: string; seq: number; text: string; author: { name: string }; sent_at: string };

/**
 * The messages of a conversation that name an address of the web, and that the actor may see, the newest
 * first. The cursor is the last one's `seq`.
 * @throws AppError 404 without sight of the conversation, `cursor_invalid` (422)
 */
export async function listConversationLinks(
  actor: Actor,
  conversationId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ messages: MessageWithLinks[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw invalid("cursor_invalid");
  const { scope, audience, fromSeq } = await accessConversation(actor, conversationId, inScope);
  const { message } = schema;
  const rows = await inScope(scope, (tx) =>
    tx
      .select()
      .from(message)
      .where(
        and(
          eq(message.conversationId, conversationId),
          isNull(message.deletedAt),
          gte(message.seq, fromSeq),
          sql`${message.text} ~* 'https?://'`,
          audience === "public" ? eq(message.visibility, "public") : undefined,
          cursor === undefined ? undefined : lt(message.seq, Number(cursor)),
        ),
      )
      .orderBy(desc(message.seq))
      .limit(limit + 1),
  );
  const messages = rows.slice(0, limit).map((row) => ({
    ...{ id: row.id, seq: row.seq, text: row.text, author: { name: row.authorName } },
    sent_at: row.sentAt.toISOString(),
  }));
  return { messages, nextCursor: rows.length > limit ? String(messages.at(-1)?.seq) : null };
}
