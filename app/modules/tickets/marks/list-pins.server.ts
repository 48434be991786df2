import type { Actor } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { listPinned } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { accessConversation } from "../reading/conversation-access.server";

/** What a conversation keeps at its head, as its reader sees it, the first kept first. @throws AppError 404 */
export async function getPinned(actor: Actor, conversationId: string): Promise<Message[]> {
  const access = await accessConversation(actor, conversationId, inScope);
  return inScope(access.scope, (tx) => listPinned(tx, conversationId, access));
}
