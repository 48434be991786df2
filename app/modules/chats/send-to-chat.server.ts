import { and, count, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import {
  type Appended,
  appendMessage,
  findRepeat,
  type MessageDraft,
  markReadByAccount,
  requireReplyTarget,
  withAttachments,
} from "~/modules/messaging/index.server";
import { forbidden } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { peopleLeft } from "./events";
import { type Chat, chatScope, lockPart } from "./load-chat.server";
import { requireOpenChat } from "./open-chat.server";
import { tellLists } from "./people/tell-lists.server";
import { setParticipant } from "./set-participant.server";

type Part = Omit<Chat, "people">;

/** What a stranger may say before they are accepted. */
const BEFORE_ACCEPTED = 3;

type Words = {
  conversationId: string;
  clientId: string;
  text: string;
  replyTo?: string | null;
  /** Ids of files that the writer uploaded for this chat. */
  attachments?: readonly string[];
};

/**
 * Sends a message to a direct chat or a group. Who answers a request has accepted it. Idempotent by `clientId`.
 * @throws AppError 404 for who does not take part, `chat_closed` (403) where one has blocked or declined the other,
 *   `request_waits` (403) to a stranger who has said enough; see `withAttachments`
 */
export async function sendToChat(actor: AccountActor, orgId: string | null, words: Words): Promise<Appended> {
  return transact(actor, chatScope(actor, orgId), async (ctx) => {
    const chat = await lockPart(ctx, words.conversationId);
    return withAttachments(ctx, actor, words, (content) => write(ctx, actor, chat, { ...words, ...content }));
  });
}

async function write(
  ctx: Context<AccountActor>,
  actor: AccountActor,
  chat: Part,
  words: Omit<Words, "attachments"> & Pick<MessageDraft, "kind" | "attachments">,
): Promise<Appended> {
  const draft: MessageDraft = {
    author: { kind: "account", id: actor.accountId, name: actor.name },
    kind: words.kind,
    text: words.text,
    attachments: words.attachments,
    visibility: "public",
    clientId: words.clientId,
    replyTo: words.replyTo ?? null,
  };
  const repeat = await findRepeat(ctx, chat.conversation, draft);
  if (repeat) return { row: repeat, dedup: true };
  await requireReplyTarget(ctx, chat.conversation.id, words.replyTo);
  await requireOpenChat(ctx, actor, chat.conversation);
  await requirePatience(ctx, chat);
  const sent = await appendMessage(ctx, chat.conversation, draft);
  const reader = { accountId: actor.accountId, staff: false };
  await markReadByAccount(ctx, chat.conversation, reader, sent.row.seq);
  // Who answers a request has accepted it.
  if (!chat.me.accepted) {
    await setParticipant(ctx, chat.conversation.id, actor.accountId, { accepted: true });
    ctx.emit(peopleLeft, { conversationId: chat.conversation.id });
  }
  await tellLists(ctx, chat.conversation.id);
  return sent;
}

/** A stranger who has not been accepted says a few words and no more. */
async function requirePatience(ctx: Context, { conversation, me, other }: Part): Promise<void> {
  if (!other || other.accepted) return;
  const { message } = schema;
  const own = and(eq(message.conversationId, conversation.id), eq(message.authorId, me.accountId));
  const [said] = await ctx.tx.select({ n: count() }).from(message).where(own);
  if ((said?.n ?? 0) >= BEFORE_ACCEPTED) throw forbidden("request_waits");
}
