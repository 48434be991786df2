import { and, eq, lt, ne, type SQL } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { sessionEnded } from "../events";

/** Ends the session that a cookie's token opened, if it lives. Needs the system's eyes. */
export async function endSessionOfToken(ctx: Context, token: string): Promise<void> {
  const { session } = schema;
  const ended = await ctx.tx
    .delete(session)
    .where(eq(session.token, token))
    .returning({ id: session.id, accountId: session.userId });
  for (const { id, accountId } of ended) ctx.emit(sessionEnded, { accountId, sessionId: id, keep: null });
}

/** Ends an account's sessions, all or all but one, and says so. Needs the system's eyes. Returns how many ended. */
export async function endSessions(ctx: Context, accountId: string, keep: string | null): Promise<number> {
  const { session } = schema;
  const which: SQL | undefined = keep
    ? and(eq(session.userId, accountId), ne(session.id, keep))
    : eq(session.userId, accountId);
  const ended = await ctx.tx.delete(session).where(which).returning({ id: session.id });
  if (ended.length > 0) ctx.emit(sessionEnded, { accountId, sessionId: null, keep });
  return ended.length;
}

/** Sweeps away an account's sessions that died of age; there is nobody left to tell. */
export async function dropExpiredSessions(ctx: Context, accountId: string): Promise<void> {
  const { session } = schema;
  await ctx.tx.delete(session).where(and(eq(session.userId, accountId), lt(session.expiresAt, ctx.now)));
}
