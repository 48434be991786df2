import { and, eq, ne, sql } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";

/** What an account has begun to write in a conversation, on whatever device. An empty text is no draft. */
export type Draft = { conversation_id: string; text: string; reply_to: string | null; updated_at: string | null };

/** As much of a draft as a line of a list shows, in characters. */
const SHOWN = 120;

export const toDraft = (conversationId: string, row: typeof schema.draft.$inferSelect | undefined): Draft => ({
  conversation_id: conversationId,
  text: row?.text ?? "",
  reply_to: row?.replyTo ?? null,
  updated_at: row?.updatedAt.toISOString() ?? null,
});

/** The account's own draft of a conversation. @throws AppError 404 without sight of it, and to guests */
export async function getDraft(actor: Actor, conversationId: string): Promise<Draft> {
  if (actor.kind !== "account") throw notFound("conversation");
  const { scope } = await accessConversation(actor, conversationId, inScope);
  const { draft } = schema;
  const own = and(eq(draft.conversationId, conversationId), eq(draft.accountId, actor.accountId));
  const [row] = await inScope(scope, (tx) => tx.select().from(draft).where(own));
  return toDraft(conversationId, row);
}

/** The beginnings of all drafts of an account, by their conversation. */
export async function listDrafts(actor: AccountActor): Promise<Record<string, string>> {
  const { draft } = schema;
  const rows = await inScope({ accountId: actor.accountId }, (tx) =>
    tx
      .select({ id: draft.conversationId, text: sql<string>`left(${draft.text}, ${SHOWN})` })
      .from(draft)
      .where(and(eq(draft.accountId, actor.accountId), ne(draft.text, ""))),
  );
  return Object.fromEntries(rows.map(({ id, text }) => [id, text]));
}
