import { and, eq } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AccountActor } from "../actor";
import { sessionEnded } from "../events";
import { endSessions } from "./end-sessions.server";

async function revokeOne(ctx: Context<AccountActor>, sessionId: string): Promise<void> {
  const { session } = schema;
  const { accountId } = ctx.actor;
  const ended = await ctx.tx
    .delete(session)
    .where(and(eq(session.id, sessionId), eq(session.userId, accountId)))
    .returning({ id: session.id });
  if (ended.length === 0) throw notFound("session");
  ctx.emit(sessionEnded, { accountId, sessionId, keep: null });
}

/** Signs one of the actor's own devices out. @throws AppError `not_found`, for another account's session too */
export const revokeSession = (actor: AccountActor, sessionId: string): Promise<void> =>
  transactAsSystem(actor, "an account's own devices", (ctx) => revokeOne(ctx, sessionId));

/** Signs out every device of the actor but the one in use. Returns how many. */
export const revokeOtherSessions = (actor: AccountActor): Promise<number> =>
  transactAsSystem(actor, "an account's own devices", (ctx) => endSessions(ctx, actor.accountId, actor.sessionId));
