import { and, count, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import {
  type Appended,
  appendMessage,
  findRepeat,
  type MessageDraft,
  markReadByAccount,
  withAttachments,
} from "~/modules/messaging/index.server";
import { forbidden, invalid } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "./events";
import { standingOf } from "./find-account.server";
import { type Chat, chatScope, lockChat, type Participant } from "./load-chat.server";

/** Lists of larger groups show new words when they are loaded anew, or when the chat is open. */
const LISTS_TOLD = 100;
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
 *   `request_waits` (403) to a stranger who has said enough, `reply_unknown` (422); see `withAttachments`
 */
export async function sendToChat(actor: AccountActor, orgId: string | null, words: Words): Promise<Appended> {
  return transact(actor, chatScope(actor, orgId), async (ctx) => {
    const chat = await lockChat(ctx, words.conversationId);
    return withAttachments(ctx, actor, words, (content) => write(ctx, actor, chat, { ...words, ...content }));
  });
}

async function write(
  ctx: Context<AccountActor>,
  actor: AccountActor,
  chat: Chat,
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
  await requireReply(ctx, chat, words.replyTo);
  if (chat.other) await requireOpen(ctx, chat, chat.other);
  const sent = await appendMessage(ctx, chat.conversation, draft);
  const reader = { accountId: actor.accountId, staff: false };
  await markReadByAccount(ctx, chat.conversation, reader, sent.row.seq);
  if (!chat.me.accepted) await accept(ctx, chat);
  if (chat.people.length <= LISTS_TOLD) {
    const accountIds = chat.people.map(({ accountId }) => accountId);
    ctx.emit(chatsChanged, { conversationId: chat.conversation.id, accountIds });
  }
  return sent;
}

async function requireReply(ctx: Context, { conversation }: Chat, replyTo: string | null | undefined): Promise<void> {
  if (!replyTo) return;
  const { message } = schema;
  const [row] = await ctx.tx
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.id, replyTo), eq(message.conversationId, conversation.id)));
  if (!row) throw invalid("reply_unknown");
}

async function requireOpen(ctx: Context, { conversation, me }: Chat, other: Participant): Promise<void> {
  if (other.left || (await standingOf(ctx.tx, me.accountId, other.accountId)).blocked) throw forbidden("chat_closed");
  if (other.accepted) return;
  const { message } = schema;
  const own = and(eq(message.conversationId, conversation.id), eq(message.authorId, me.accountId));
  const [said] = await ctx.tx.select({ n: count() }).from(message).where(own);
  if ((said?.n ?? 0) >= BEFORE_ACCEPTED) throw forbidden("request_waits");
}

/** By answering, a request is accepted. */
async function accept(ctx: Context, { conversation, me }: Chat): Promise<void> {
  const { participant } = schema;
  await ctx.tx
    .update(participant)
    .set({ accepted: true })
    .where(and(eq(participant.conversationId, conversation.id), eq(participant.accountId, me.accountId)));
}
