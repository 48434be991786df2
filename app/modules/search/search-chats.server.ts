import { inArray, sql } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import { accessConversation, chatsInSight, cursorOf, placeOfCursor } from "~/modules/tickets/index.server";
import { inScope, pastPolicies, type Scope, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { hitsOf, type LookIn } from "./chat-hits.server";
import { searching } from "./search-pool.server";

export type ChatQuestion = { q: string; cursor?: string | null; limit: number };

/** The newest first; `total` counts all pages, up to 1,000. `marks`: beginnings of the words that were found. */
export type FoundInChats = { messages: Message[]; total: number; nextCursor: string | null; marks: string };

const MOST_COUNTED = 1_000;

/**
 * The messages of one conversation that hold all the words asked for, as its reader sees them.
 * @throws AppError 404 without sight of it, `cursor_invalid`, `search_too_slow` (503), `search_busy` (429)
 */
export async function searchConversation(
  actor: Actor,
  conversationId: string,
  asked: ChatQuestion,
): Promise<FoundInChats> {
  const { audience, fromSeq, scope } = await accessConversation(actor, conversationId, inScope);
  const accountId = actor.kind === "account" ? actor.accountId : null;
  const by = accountId ?? conversationId;
  return look(by, scope, { conversationIds: [conversationId], audience, fromSeq, accountId }, asked);
}

/**
 * The same over all chats in which an account takes part now: with people, in groups, and as a customer. Errors as above;
 * 403 for a token without the scope.
 */
export async function searchChats(actor: AccountActor, asked: ChatQuestion): Promise<FoundInChats> {
  const { accountId } = actor;
  const conversationIds = await chatsInSight(actor);
  return look(accountId, { accountId }, { conversationIds, audience: "public", fromSeq: 0, accountId }, asked);
}

async function look(by: string, scope: Scope, where: LookIn, { q, cursor, limit }: ChatQuestion) {
  const before = placeOfCursor(cursor);
  return searching(by, scope, async (tx) => {
    const { query, marks } = await readWords(tx, q);
    if (query === null || where.conversationIds.length === 0)
      return { messages: [], total: 0, nextCursor: null, marks };
    const { ids, total } = await pastPolicies(tx, async () => {
      const { rows } = await tx.execute<{ id: string }>(hitsOf(where, query, { before, limit: limit + 1 }));
      const { rows: counted } = await tx.execute<{ n: number }>(
        sql`select count(*)::int as n from (${hitsOf(where, query, { limit: MOST_COUNTED })}) hit`,
      );
      return { ids: rows.map(({ id }) => id), total: counted[0]?.n ?? 0 };
    });
    const messages = await load(tx, ids.slice(0, limit));
    const last = messages.at(-1);
    const nextCursor = ids.length > limit && last ? cursorOf({ at: new Date(last.created_at), id: last.id }) : null;
    return { messages, total, nextCursor, marks };
  });
}

/** What was found, as the scope lets it through. */
async function load(tx: Tx, ids: readonly string[]): Promise<Message[]> {
  const { message } = schema;
  const rows =
    ids.length > 0
      ? await tx
          .select()
          .from(message)
          .where(inArray(message.id, [...ids]))
      : [];
  const byId = new Map(rows.map((row) => [row.id, toMessage(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
