import { and, eq } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import { type MessageRow, unhidden } from "~/modules/messaging/index.server";
import { AppError, forbidden, notFound } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { accessConversation, type ConversationAccess, type Need } from "../reading/conversation-access.server";
import { locateMessage } from "../reading/locate.server";

export type Seen = { row: MessageRow; access: ConversationAccess };

/**
 * Works with a message that an account sees, in that account's scope. `hidden`: also one that it has hidden itself.
 * @throws AppError 404 for everybody else, in the same words whatever is the cause; 403 for a guest
 */
export async function withSeenMessage<T>(
  actor: Actor,
  messageId: string,
  asked: { needs: Need; hidden?: boolean },
  work: (ctx: Context<AccountActor>, seen: Seen) => Promise<T>,
): Promise<T> {
  const { orgId, conversationId } = await locateMessage(messageId);
  if (actor.kind === "guest" && actor.conversationId === conversationId) throw forbidden();
  if (actor.kind !== "account") throw notFound("message");
  return transact(actor, { orgId: orgId ?? undefined, accountId: actor.accountId }, async (ctx) => {
    const inThis = <R>(_: unknown, ask: (tx: typeof ctx.tx) => Promise<R>) => ask(ctx.tx);
    const access = await accessConversation(actor, conversationId, inThis, asked.needs).catch(asMissing);
    const { message } = schema;
    const [row] = await ctx.tx
      .select()
      .from(message)
      .where(and(eq(message.id, messageId), asked.hidden ? undefined : unhidden()));
    if (!row || row.seq < access.fromSeq || (access.audience === "public" && row.visibility === "staff"))
      throw notFound("message");
    return work(ctx, { row, access });
  });
}

/** A message of a conversation that one may not see is refused in the same words as one that does not exist. */
function asMissing(error: unknown): never {
  throw error instanceof AppError && error.status === 404 ? notFound("message") : error;
}
