import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "../events";

/** Lists with larger groups are loaded anew now and then, and while their chat is open its own words are heard. */
export const LISTS_TOLD = 100;

/**
 * Tells all who take part that their lists changed, of a large group nobody but `surely`. One small query however many
 * they are.
 */
export async function tellLists(ctx: Context, conversationId: string, surely: readonly string[] = []): Promise<void> {
  const { participant } = schema;
  const rows = await ctx.tx
    .select({ accountId: participant.accountId })
    .from(participant)
    .where(and(eq(participant.conversationId, conversationId), isNull(participant.leftAt)))
    .limit(LISTS_TOLD + 1);
  const all = rows.length > LISTS_TOLD ? [] : rows.map(({ accountId }) => accountId);
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
