import { and, desc, eq, lte } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { reportCharges, throttle } from "~/modules/accounts/index.server";
import { type MessageRow, toMessage } from "~/modules/messaging/index.server";
import { notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { ReportReason } from "~db/schema/chats";
import { type Chat, lockPart } from "../load-chat.server";
import { blockAccount } from "../requests.server";
import { NOTE_LIMIT } from "./reasons";

const EXCERPT = 10;

export type Report = {
  conversationId: string;
  /** What is wrong is this message, and its author. */
  messageId?: string | null;
  reason: ReportReason;
  /** What the reporter adds; cut at a thousand characters. */
  note?: string;
  /** Also block whom the report is about: the author, or the other one of a direct chat. */
  block?: boolean;
};

/**
 * Tells whoever runs the installation that something in a chat is wrong, with the last ten messages as the reporter sees them
 * now: up to the one that is named, or the newest. Nobody in the chat is told.
 * @throws AppError 404 for who does not take part and for a message that is not in that chat, `too_many_requests`
 */
export async function reportChat(actor: AccountActor, report: Report): Promise<{ id: string }> {
  await throttle(reportCharges(actor.accountId));
  const { id, aboutId } = await transactAsSystem(actor, "a report about a chat", async (ctx) => {
    const chat = await lockPart(ctx, report.conversationId);
    const about = report.messageId ? await messageOf(ctx, chat, report.messageId) : undefined;
    const aboutId = about ? authorOf(about, actor) : (chat.other?.accountId ?? null);
    const row = {
      id: newId(),
      reporterId: actor.accountId,
      aboutId,
      conversationId: chat.conversation.id,
      messageId: about?.id ?? null,
      reason: report.reason,
      note: (report.note ?? "").replaceAll("\u0000", "").toWellFormed().trim().slice(0, NOTE_LIMIT),
      excerpt: await excerptOf(ctx, chat, about?.seq ?? chat.conversation.lastSeq),
      createdAt: ctx.now,
    };
    await ctx.tx.insert(schema.chatReport).values(row);
    return row;
  });
  if (report.block && aboutId) await blockAccount(actor, aboutId, true);
  return { id };
}

async function messageOf(ctx: Context, { conversation }: Pick<Chat, "conversation">, id: string): Promise<MessageRow> {
  if (!isUuid(id)) throw notFound("message");
  const { message } = schema;
  const [row] = await ctx.tx
    .select()
    .from(message)
    .where(and(eq(message.id, id), eq(message.conversationId, conversation.id)));
  if (!row) throw notFound("message");
  return row;
}

/** Nobody is reported by themselves, nor blocked. */
const authorOf = ({ authorKind, authorId }: MessageRow, actor: AccountActor) =>
  authorKind === "account" && authorId !== actor.accountId ? authorId : null;

async function excerptOf(ctx: Context, { conversation }: Pick<Chat, "conversation">, lastSeq: number) {
  const { message } = schema;
  const rows = await ctx.tx
    .select()
    .from(message)
    .where(
      and(eq(message.conversationId, conversation.id), eq(message.visibility, "public"), lte(message.seq, lastSeq)),
    )
    .orderBy(desc(message.seq))
    .limit(EXCERPT);
  return rows.reverse().map((row) => {
    const { id, seq, author, kind, text, notice, attachments, created_at, edited_at, deleted_at } = toMessage(row);
    return { id, seq, author, kind, text, ...(notice && { notice }), attachments, created_at, edited_at, deleted_at };
  });
}
