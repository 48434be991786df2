import type { Actor } from "~/modules/accounts";
import { isUuid } from "~/platform/ids";
import { sightOf, standingsOf } from "./standing.server";

/** The most conversations that one question is answered for. */
const MOST = 500;

/**
 * Where the conversations stand that the actor may read, each in the actor's own count: the policy of
 * `accessConversation` for many at once. What does not exist and what is not theirs are left out alike. One query,
 * and one more where chats are among them.
 */
export async function listHeads(actor: Actor, conversationIds: readonly string[]): Promise<Record<string, number>> {
  const asked = conversationIds.filter(isUuid).slice(0, MOST);
  if (asked.length === 0 || actor.kind === "system") return {};
  const heads: Record<string, number> = {};
  for (const row of await standingsOf(actor, asked)) {
    const sight = row && sightOf(actor, row);
    if (row && sight === "public") heads[row.id] = row.publicRev;
    if (row && sight === "staff") heads[row.id] = row.rev;
  }
  return heads;
}
