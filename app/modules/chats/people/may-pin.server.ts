import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { ConversationRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { chatRights } from "../policy";

/** Whether one who takes part says what stands at a chat's head: either of two, in a group its owner and admins. */
export async function mayPin(tx: Tx, actor: AccountActor, chat: ConversationRow): Promise<boolean> {
  const { participant } = schema;
  const own = and(eq(participant.conversationId, chat.id), eq(participant.accountId, actor.accountId));
  const [row] = await tx
    .select({ role: participant.role })
    .from(participant)
    .where(and(own, isNull(participant.leftAt)));
  return row !== undefined && chatRights(chat.kind, row.role).pin;
}
