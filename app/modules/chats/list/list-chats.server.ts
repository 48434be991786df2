import { and, eq, getTableColumns, gt, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { AccountActor } from "~/modules/accounts";
import type { Notice } from "~/modules/messaging";
import { firstFile, unhidden } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { mayEnter } from "../policy";
import type { LastWords } from "./live-line";
import { LISTS_TOLD } from "./tell-lists.server";

export type ChatSummary = {
  id: string;
  kind: "direct" | "group" | "org_group";
  orgId: string | null;
  /** The group's name, or the other one's. */
  title: string;
  /** The file of a group's picture. */
  pictureId: string | null;
  /** The other one of a direct chat. */
  other: { id: string; handle: string | null } | null;
  /** False while a stranger's chat waits for the reader's word. */
  accepted: boolean;
  last: (LastWords & { author: string }) | null;
  /** The number up to which the conversation's frames are in this. */
  rev: number;
  readSeq: number;
  unread: number;
  /** Whether something unread calls the reader. */
  mentioned: boolean;
  /** So many take part that no account is told of new words here: who looks at a list hears the conversation itself. */
  large: boolean;
  muted: boolean;
  pinned: boolean;
  archived: boolean;
};

const { conversation, participant, readMark, message, account } = schema;
const theirs = alias(participant, "theirs");

/** SQL: the newest message that is there still and that the account has not hidden. */
const lastInSight = (accountId: string) => sql`(select seen.id from message seen
  where seen.conversation_id = ${conversation.id} and seen.deleted_at is null and ${unhidden(accountId, sql`seen.id`)}
  order by seen.seq desc limit 1)`;

/** SQL: how many messages after what was read the account has hidden. */
const hiddenUnread = (accountId: string) => sql<number>`(select count(*)::int from message_mark k
  join message unseen on unseen.id = k.message_id
  where k.account_id = ${accountId} and k.conversation_id = ${conversation.id} and k.hidden_at is not null
    and unseen.seq > coalesce(${readMark.seq}, 0))`;

/** SQL: more take part than are told of it. */
const isLarge = sql<boolean>`(${conversation.kind} <> 'direct' and exists (select from participant p
  where p.conversation_id = ${conversation.id} and p.left_at is null offset ${LISTS_TOLD}))`;

/** So far back it is looked whether something unread calls the reader. */
const LOOKED_THROUGH = 500;

/** SQL: something that the account has not read calls it. */
const mentionedIn = (accountId: string) => sql<boolean>`exists (select from message unseen
  where unseen.conversation_id = ${conversation.id}
    and unseen.seq > greatest(coalesce(${readMark.seq}, 0), ${conversation.lastSeq} - ${LOOKED_THROUGH})
    and unseen.payload @> ${JSON.stringify({ mentions: [{ id: accountId }] })}::jsonb
    and ${unhidden(accountId, sql`unseen.id`)})`;

/** The chats of an account that fit a condition, as its list shows them. */
export async function readChats(actor: AccountActor, where: SQL | undefined): Promise<ChatSummary[]> {
  const { rows, now } = await asSystem("an account's chats", async (tx, now) => {
    const rows = await tx
      .select({
        id: conversation.id,
        kind: conversation.kind,
        orgId: conversation.orgId,
        title: conversation.title,
        pictureId: conversation.pictureId,
        lastSeq: conversation.lastSeq,
        rev: conversation.publicRev,
        other: { id: account.id, name: account.name, handle: account.handle },
        mine: participant,
        readSeq: readMark.seq,
        hiddenUnread: hiddenUnread(actor.accountId),
        mentioned: mentionedIn(actor.accountId),
        large: isLarge,
        // A preview's picture is more than all else of a list together.
        last: {
          ...getTableColumns(message),
          payload: sql<typeof message.$inferSelect.payload>`${message.payload} - 'preview'`,
        },
        file: firstFile(message.attachments),
      })
      .from(participant)
      .innerJoin(conversation, eq(conversation.id, participant.conversationId))
      .leftJoin(
        theirs,
        and(
          eq(conversation.kind, "direct"),
          eq(theirs.conversationId, conversation.id),
          ne(theirs.accountId, actor.accountId),
        ),
      )
      .leftJoin(account, eq(account.id, theirs.accountId))
      .leftJoin(readMark, and(eq(readMark.conversationId, conversation.id), eq(readMark.accountId, actor.accountId)))
      .leftJoin(message, eq(message.id, lastInSight(actor.accountId)))
      .where(
        and(
          eq(participant.accountId, actor.accountId),
          isNull(participant.leftAt),
          ne(conversation.kind, "customer"),
          where,
        ),
      );
    return { rows, now };
  });
  const open = rows.filter((row) => mayEnter(actor, row));
  return open.map(
    ({
      id,
      kind,
      orgId,
      title,
      pictureId,
      lastSeq,
      rev,
      other,
      mine,
      readSeq,
      last,
      file,
      hiddenUnread,
      mentioned,
      large,
    }) => ({
      id,
      orgId,
      pictureId,
      kind: kind as ChatSummary["kind"],
      title: title ?? other?.name ?? "",
      other: other && { id: other.id, handle: other.handle },
      accepted: mine.accepted,
      last: last && {
        seq: last.seq,
        text: last.text,
        file,
        notice: (last.payload?.notice as Notice | undefined) ?? null,
        ...(last.payload?.ticket !== undefined && { card: true as const }),
        author: last.authorName,
        own: last.authorId === actor.accountId,
        at: last.createdAt.toISOString(),
      },
      rev,
      readSeq: readSeq ?? 0,
      unread: Math.max(0, lastSeq - (readSeq ?? 0) - hiddenUnread),
      mentioned,
      large,
      muted: mine.mutedUntil !== null && mine.mutedUntil > now,
      pinned: mine.pinnedAt !== null,
      archived: mine.archivedAt !== null,
    }),
  );
}

/**
 * The direct chats and groups in which an account takes part, in no order; a direct chat in which nothing was said is in
 * nobody's list, and only there where it is named by `ids`.
 */
export async function listChats(actor: AccountActor, ids?: readonly string[]): Promise<ChatSummary[]> {
  const shown = or(ne(conversation.kind, "direct"), gt(conversation.lastSeq, 0));
  return readChats(actor, ids ? inArray(conversation.id, [...ids]) : shown);
}
