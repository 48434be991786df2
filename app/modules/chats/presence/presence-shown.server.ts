import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { presenceShown } from "../events";

/** Whether an account shows when it is there, and so sees it of others. */
export async function getPresenceShown(actor: AccountActor): Promise<boolean> {
  const { account } = schema;
  const [row] = await asSystem("whether an account shows when it is there", (tx) =>
    tx.select({ shows: account.showsPresence }).from(account).where(eq(account.id, actor.accountId)),
  );
  return row?.shows ?? false;
}

/** Sets it. Who hides leaves nothing behind: when they were there last is forgotten. */
export async function setPresenceShown(actor: AccountActor, shows: boolean): Promise<void> {
  return transactAsSystem(actor, "set whether an account shows when it is there", async (ctx) => {
    const { account, participant, conversation } = schema;
    await ctx.tx
      .update(account)
      .set({ showsPresence: shows, lastSeenAt: shows ? ctx.now : null, updatedAt: ctx.now })
      .where(eq(account.id, actor.accountId));
    const chats = await ctx.tx
      .select({ id: conversation.id })
      .from(participant)
      .innerJoin(conversation, eq(conversation.id, participant.conversationId))
      .where(
        and(eq(participant.accountId, actor.accountId), isNull(participant.leftAt), eq(conversation.kind, "direct")),
      );
    ctx.emit(presenceShown, { accountId: actor.accountId, conversationIds: chats.map(({ id }) => id) });
  });
}
