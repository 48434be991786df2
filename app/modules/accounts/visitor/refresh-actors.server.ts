import { sql } from "drizzle-orm";
import type { AccountActor } from "../actor";
import { loadSessions, loadTokens } from "./load-actors.server";

/**
 * The same people as they stand now, in the same order; null where the session ended, the token was revoked, or the
 * token's member is gone. Two queries for any number of open sockets.
 */
export async function refreshActors(actors: readonly AccountActor[]): Promise<(AccountActor | null)[]> {
  const sessionIds = actors.flatMap((actor) => actor.sessionId ?? []);
  const tokenIds = actors.flatMap((actor) => actor.token?.id ?? []);
  const [sessions, tokens] = await Promise.all([
    sessionIds.length > 0 ? loadSessions(sql`s.id = any(${sql.param(sessionIds)}::uuid[])`) : [],
    tokenIds.length > 0 ? loadTokens(sql`t.id = any(${sql.param(tokenIds)}::uuid[])`) : [],
  ]);
  const now = new Map([
    ...sessions.map(({ actor }) => [actor.sessionId, actor] as const),
    ...tokens.map(({ actor, tokenId }) => [tokenId, actor] as const),
  ]);
  return actors.map((actor) => now.get(actor.token?.id ?? actor.sessionId) ?? null);
}
