import { and, desc, eq, isNull } from "drizzle-orm";
import { type AccountActor, allows } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import { schema } from "~db/index.server";
import { sightOf, standingsOf } from "../reading/standing.server";

/** So many of an account's chats are looked through, the last spoken in first. */
const MOST_CHATS = 1_000;

/**
 * The conversations in which an account takes part now and which it reads as who takes part: with people, in groups, and as
 * a customer; 1,000 at most.
 * @throws AppError 403 `missing_scope` for a token without the scope
 */
export async function chatsInSight(actor: AccountActor): Promise<string[]> {
  if (!allows(actor, "messages:read")) throw forbidden("missing_scope");
  const standings = await standingsOf(actor, await chatsOf(actor));
  return standings.flatMap((one) => (one && sightOf(actor, one) === "public" ? [one.id] : []));
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
