import { and, count, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { Mention } from "~/modules/messaging";
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
import { tellLists } from "./list/tell-lists.server";
import { type Chat, chatScope, lockPart, peopleOf } from "./load-chat.server";
import { mentionsOf } from "./mentions/mentions.server";
import { requireOpenChat } from "./open-chat.server";
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
  /** Ids of people whom the writer picked to call. */
  mentions?: readonly string[];
  /** Said elsewhere first. */
  forwarded?: boolean;
  /** A ticket that it shows to those who may see it; the caller has asked whether the writer does. */
  ticketId?: string;
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
    payload: await payloadOf(ctx, chat, words),
    attachments: words.attachments,
    visibility: "public",
    clientId: words.clientId,
    replyTo: words.replyTo ?? null,
  };
  const repeat = await findRepeat(ctx, chat.conversation, draft);
  if (repeat) return { row: repeat, dedup: true };
  await requireReplyTarget(ctx, chat.conversation.id, words.replyTo, { audience: "public", fromSeq: 0 });
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
  await tellLists(ctx, chat.conversation.id, calledBy(sent.row));
  return sent;
}

const calledBy = ({ payload }: Appended["row"]) =>
  ((payload?.mentions as Mention[] | undefined) ?? []).map(({ id }) => id);

/** What a message carries besides its words. A group's people are asked for only where somebody may be called. */
async function payloadOf(ctx: Context, { conversation }: Part, words: Omit<Words, "attachments">) {
  const { text, mentions: ids, forwarded, ticketId } = words;
  // What is passed on was said to others.
  const calls = !forwarded && conversation.kind !== "direct" && (text.includes("@") || Boolean(ids?.length));
  const mentions = calls ? mentionsOf(conversation, await peopleOf(ctx.tx, conversation), text, ids) : [];
  if (!forwarded && !ticketId && mentions.length === 0) return null;
  return {
    ...(forwarded && { forwarded: true }),
    ...(ticketId && { ticket: ticketId }),
    ...(mentions.length > 0 && { mentions }),
  };
}

/** A stranger who has not been accepted says a few words and no more. */
async function requirePatience(ctx: Context, { conversation, me, other }: Part): Promise<void> {
  if (!other || other.accepted) return;
  const { message } = schema;
  const own = and(eq(message.conversationId, conversation.id), eq(message.authorId, me.accountId));
  const [said] = await ctx.tx.select({ n: count() }).from(message).where(own);
  if ((said?.n ?? 0) >= BEFORE_ACCEPTED) throw forbidden("request_waits");
}
