import { and, count, eq, isNotNull, isNull } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { messageMarked } from "../events";
import { type MessageRow, toMessage } from "../rows.server";

/** What one reader has done with a message for themselves. */
export type Marks = { starred: boolean; hidden: boolean };

/** The most stars in one conversation: all are loaded with it. */
const MOST_STARS = 1_000;

/**
 * Stars a message for one account or takes it out of its sight, or undoes that; what `change` does not name stays. Tells
 * the account's devices, and nobody else.
 * @throws AppError `too_many_starred` (422)
 */
export async function markMessage(
  ctx: Context,
  accountId: string,
  row: MessageRow,
  change: Partial<Marks>,
): Promise<Marks> {
  const { messageMark } = schema;
  const mine = and(eq(messageMark.accountId, accountId), eq(messageMark.messageId, row.id));
  const [old] = await ctx.tx.select().from(messageMark).where(mine);
  const before = { starred: Boolean(old?.starredAt), hidden: Boolean(old?.hiddenAt) };
  const after = { ...before, ...change };
  if (after.starred === before.starred && after.hidden === before.hidden) return before;
  if (after.starred && !before.starred) await requireRoom(ctx, accountId, row.conversationId);
  const starredAt = after.starred ? (old?.starredAt ?? ctx.now) : null;
  const hiddenAt = after.hidden ? (old?.hiddenAt ?? ctx.now) : null;
  const { id: messageId, conversationId } = row;
  await ctx.tx
    .insert(messageMark)
    .values({ accountId, messageId, conversationId, starredAt, hiddenAt })
    .onConflictDoUpdate({ target: [messageMark.accountId, messageMark.messageId], set: { starredAt, hiddenAt } });
  await ctx.tx.delete(messageMark).where(and(mine, isNull(messageMark.starredAt), isNull(messageMark.hiddenAt)));
  ctx.emit(messageMarked, { accountId, ...after, message: toMessage(row) });
  return after;
}

async function requireRoom(ctx: Context, accountId: string, conversationId: string): Promise<void> {
  const { messageMark } = schema;
  const [stars] = await ctx.tx
    .select({ n: count() })
    .from(messageMark)
    .where(
      and(
        eq(messageMark.accountId, accountId),
        eq(messageMark.conversationId, conversationId),
        isNotNull(messageMark.starredAt),
      ),
    );
  if ((stars?.n ?? 0) >= MOST_STARS) throw invalid("too_many_starred", { limit: MOST_STARS });
}
