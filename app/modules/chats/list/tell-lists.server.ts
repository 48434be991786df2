import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "../events";

/** Of larger groups, whoever looks at a list hears the conversation itself: one frame for all, whatever their number. */
export const LISTS_TOLD = 100;

/**
 * Tells all who take part that their lists changed, of a group of more than `most` nobody but `surely`. One small query
 * however many they are.
 */
export async function tellLists(
  ctx: Context,
  conversationId: string,
  surely: readonly string[] = [],
  most = LISTS_TOLD,
): Promise<void> {
  const { participant } = schema;
  const rows = await ctx.tx
    .select({ accountId: participant.accountId })
    .from(participant)
    .where(and(eq(participant.conversationId, conversationId), isNull(participant.leftAt)))
    .limit(most + 1);
  const all = rows.length > most ? [] : rows.map(({ accountId }) => accountId);
  const accountIds = [...new Set([...all, ...surely])];
  if (accountIds.length > 0) ctx.emit(chatsChanged, { conversationId, accountIds });
}

/** Tells those who may let others in: how many wait for their word is another number. */
export async function tellAdmins(ctx: Context, conversationId: string): Promise<void> {
  const { participant } = schema;
  const admins = await ctx.tx
    .select({ accountId: participant.accountId })
    .from(participant)
    .where(
      and(
        eq(participant.conversationId, conversationId),
        isNull(participant.leftAt),
        inArray(participant.role, ["owner", "admin"]),
      ),
    );
  ctx.emit(chatsChanged, { conversationId, accountIds: admins.map(({ accountId }) => accountId) });
}
