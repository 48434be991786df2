import { and, eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/** How one takes part who comes in, or comes back. */
export const freshPart = (now: Date) => ({ role: "member", accepted: true, joinedAt: now, leftAt: null }) as const;

/** Changes how an account takes part; the conversation is locked by the caller. */
export async function setParticipant(
  ctx: Context,
  conversationId: string,
  accountId: string,
  change: Partial<typeof schema.participant.$inferInsert>,
): Promise<void> {
  const { participant } = schema;
  await ctx.tx
    .update(participant)
    .set(change)
    .where(and(eq(participant.conversationId, conversationId), eq(participant.accountId, accountId)));
}
