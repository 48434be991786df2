import { and, desc, eq, gte, inArray, isNull, lt } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import type { Attachment } from "~/modules/messaging";
import { type Reading, toAttachment } from "~/modules/messaging/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";

/** What is looked at, and what is kept. */
export const FILE_KINDS = { media: ["image", "video"], files: ["file", "audio", "voice"] } as const;

export type ConversationFile = Attachment & {
  message_id: string;
  seq: number;
  author: { name: string };
  sent_at: string;
};
export type FilePage = { files: ConversationFile[]; nextCursor: string | null };

type Asked = { kind: keyof typeof FILE_KINDS; cursor?: string; limit: number };

/**
 * The files of a conversation that the actor may see, the newest first: none of what was taken back, and notes' only for
 * colleagues. The cursor is the last file's id.
 * @throws AppError 404 without sight of the conversation, `cursor_invalid` (422)
 */
export async function listConversationFiles(actor: Actor, conversationId: string, asked: Asked): Promise<FilePage> {
  if (asked.cursor !== undefined && !isUuid(asked.cursor)) throw invalid("cursor_invalid");
  const { scope, ...reading } = await accessConversation(actor, conversationId, inScope);
  const rows = await inScope(scope, (tx) => selectFiles(tx, conversationId, reading, asked));
  const files = rows.slice(0, asked.limit).map(({ file, message }) => ({
    ...toAttachment(file),
    message_id: message.id,
    seq: message.seq,
    author: { name: message.author },
    sent_at: message.sentAt.toISOString(),
  }));
  return { files, nextCursor: rows.length > asked.limit ? (files.at(-1)?.id ?? null) : null };
}

function selectFiles(tx: Tx, conversationId: string, { audience, fromSeq }: Reading, { kind, cursor, limit }: Asked) {
  const { file, message } = schema;
  const { id, seq, authorName: author, sentAt } = message;
  return tx
    .select({ file, message: { id, seq, author, sentAt } })
    .from(file)
    .innerJoin(message, and(eq(message.id, file.messageId), eq(message.conversationId, file.conversationId)))
    .where(
      and(
        eq(file.conversationId, conversationId),
        inArray(file.kind, [...FILE_KINDS[kind]]),
        isNull(message.deletedAt),
        audience === "staff" ? undefined : eq(message.visibility, "public"),
        gte(message.seq, fromSeq),
        cursor ? lt(file.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(file.id))
    .limit(limit + 1);
}
