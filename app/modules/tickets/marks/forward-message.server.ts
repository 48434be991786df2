import { v5 } from "uuid";
import type { Actor } from "~/modules/accounts";
import { copyFiles } from "~/modules/files/index.server";
import type { Attachment, Message } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { AppError, invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { sendMessage } from "../desk/send-message.server";
import { accessConversation } from "../reading/conversation-access.server";
import { withSeenMessage } from "./seen-message.server";

/** The most conversations to which a message goes at once. */
const MOST_TARGETS = 10;
/** Where the names of copied files live among all UUIDs. */
const NAMESPACE = "0f0a4b0e-51c5-4a53-8f5e-6a3d1c2b7e90";

/** What came of it in one conversation: the message, or the code of why not. */
export type Forwarded = { conversation: string; message: Message | null; code: string | null };

/**
 * Sends the text and the files of a message that the actor sees to other conversations where the actor may write, as a
 * message of the actor's own. Each conversation by itself: one that refuses keeps no other from getting it. `clientIds` has
 * one for each conversation; a repeat with the same ones sends nothing twice.
 * @throws AppError 404 without sight of it, `nothing_to_forward` (422) for what was taken back, notes, and lines of the
 *   system, `invalid_request` for none, more than 10 or the same conversation twice
 */
export async function forwardMessage(
  actor: Actor,
  messageId: string,
  conversationIds: readonly string[],
  clientIds: readonly string[],
): Promise<Forwarded[]> {
  const distinct = new Set(conversationIds).size === conversationIds.length;
  const fits = conversationIds.length >= 1 && conversationIds.length <= MOST_TARGETS;
  if (!distinct || !fits || clientIds.length !== conversationIds.length || !clientIds.every(isUuid))
    throw invalid("invalid_request");
  const content = await contentOf(actor, messageId);
  const results: Forwarded[] = [];
  for (const [at, conversation] of conversationIds.entries())
    results.push(await forwardTo(actor, content, conversation, clientIds[at] ?? ""));
  return results;
}

type Content = { text: string; files: string[] };

function contentOf(actor: Actor, messageId: string): Promise<Content> {
  return withSeenMessage(actor, messageId, { needs: "messages:write" }, async (_, { row }) => {
    const files = (row.attachments as Attachment[]).flatMap(({ id, state }) => (state === "ready" ? [id] : []));
    const may = !row.deletedAt && row.visibility === "public" && row.kind !== "system";
    if (!may || (row.text === "" && files.length === 0)) throw invalid("nothing_to_forward");
    return { text: row.text, files };
  });
}

async function forwardTo(actor: Actor, content: Content, conversationId: string, clientId: string): Promise<Forwarded> {
  try {
    const { scope, conversation } = await accessConversation(actor, conversationId, inScope, "messages:write");
    const own = actor.kind === "account" ? actor.accountId : "";
    const copies = content.files.map((from) => ({ from, id: v5(`${own} ${clientId} ${from}`, NAMESPACE) }));
    const attachments = await copyFiles(actor, copies, { conversationId, orgId: conversation.orgId, scope });
    const said = { text: content.text, attachments, visibility: "public", forwarded: true } as const;
    const { row } = await sendMessage(actor, { ...said, conversationId, clientId });
    return { conversation: conversationId, message: toMessage(row), code: null };
  } catch (error) {
    if (!(error instanceof AppError) || !error.expected) throw error;
    return { conversation: conversationId, message: null, code: error.code };
  }
}
