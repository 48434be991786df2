import { and, desc, eq, isNull } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import { allows } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { type SearchIn, searchMessages } from "~/modules/messaging/index.server";
import { asSystem, inScope } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";
import { sightOf, standingsOf } from "../reading/standing.server";
import { cursorOf, placeOf } from "./message-place";

export type Asked = { q: string; cursor?: string | null; limit: number };

/** The newest first; `total` counts all pages, up to 1,000. */
export type Found = { messages: Message[]; total: number; nextCursor: string | null };

/** So many of an account's chats are looked through, the last spoken in first. */
const MOST_CHATS = 1_000;
/** What is longer is no question. */
const LONGEST = 200;

/**
 * The messages of one conversation that hold all the words asked for, as its reader sees them; the last word may have only
 * begun, case and accents do not matter.
 * @throws AppError 404 without sight of it, `search_too_slow` (503), `cursor_invalid`
 */
export async function searchConversation(actor: Actor, conversationId: string, asked: Asked): Promise<Found> {
  const { audience, fromSeq } = await accessConversation(actor, conversationId, inScope);
  return search({ conversationIds: [conversationId], audience, fromSeq, accountId: accountOf(actor) }, asked);
}

/**
 * The same over all chats in which an account takes part now: with people, in groups, and as a customer. Errors as above;
 * 403 for a token without the scope.
 */
export async function searchChats(actor: AccountActor, asked: Asked): Promise<Found> {
  if (!allows(actor, "messages:read")) throw forbidden("missing_scope");
  const ids = await chatsOf(actor);
  const standings = await standingsOf(actor, ids);
  const conversationIds = standings.flatMap((one) => (one && sightOf(actor, one) === "public" ? [one.id] : []));
  return search({ conversationIds, audience: "public", fromSeq: 0, accountId: actor.accountId }, asked);
}

const accountOf = (actor: Actor) => (actor.kind === "account" ? actor.accountId : null);

async function search(where: SearchIn, { q, cursor, limit }: Asked): Promise<Found> {
  const before = placeOf(cursor);
  const { messages, more, total } = await searchMessages(where, q.slice(0, LONGEST), { before, limit });
  const last = messages.at(-1);
  const nextCursor = more && last ? cursorOf({ at: new Date(last.created_at), id: last.id }) : null;
  return { messages, total, nextCursor };
}

async function chatsOf(actor: AccountActor): Promise<string[]> {
  const { participant, conversation } = schema;
  const rows = await asSystem("an account's chats, to look through", (tx) =>
    tx
      .select({ id: conversation.id })
      .from(participant)
      .innerJoin(conversation, eq(conversation.id, participant.conversationId))
      .where(and(eq(participant.accountId, actor.accountId), isNull(participant.leftAt)))
      .orderBy(desc(conversation.lastMessageAt))
      .limit(MOST_CHATS),
  );
  return rows.map(({ id }) => id);
}
