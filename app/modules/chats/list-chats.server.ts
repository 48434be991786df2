import { and, eq, getTableColumns, gt, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { AccountActor } from "~/modules/accounts";
import type { Notice } from "~/modules/messaging";
import { asSystem } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { ParticipantRole } from "~db/schema/messaging";
import { blocks } from "./find-account.server";
import { peopleOf } from "./load-chat.server";
import { groupRights, mayEnter, mayPutOut } from "./policy";
import { pairOf, readParts } from "./presence/read-parts.server";

export type ChatSummary = {
  id: string;
  kind: "direct" | "group" | "org_group";
  orgId: string | null;
  /** The group's name, or the other one's. */
  title: string;
  /** The other one of a direct chat. */
  other: { id: string; handle: string | null } | null;
  /** False while a stranger's chat waits for the reader's word. */
  accepted: boolean;
  last: { text: string; notice: Notice | null; author: string; own: boolean; at: string } | null;
  unread: number;
  muted: boolean;
  pinned: boolean;
  archived: boolean;
};

const { conversation, participant, readMark, message, account } = schema;
const theirs = alias(participant, "theirs");

async function readChats(actor: AccountActor, where: SQL | undefined): Promise<ChatSummary[]> {
  const { rows, now } = await asSystem("an account's chats", async (tx, now) => {
    const rows = await tx
      .select({
        id: conversation.id,
        kind: conversation.kind,
        orgId: conversation.orgId,
        title: conversation.title,
        lastSeq: conversation.lastSeq,
        other: { id: account.id, name: account.name, handle: account.handle },
        mine: participant,
        readSeq: readMark.seq,
        // A preview's picture is more than all else of a list together.
        last: {
          ...getTableColumns(message),
          payload: sql<typeof message.$inferSelect.payload>`${message.payload} - 'preview'`,
        },
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
      .leftJoin(message, eq(message.id, conversation.lastMessageId))
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
  return open.map(({ id, kind, orgId, title, lastSeq, other, mine, readSeq, last }) => ({
    id,
    orgId,
    kind: kind as ChatSummary["kind"],
    title: title ?? other?.name ?? "",
    other: other && { id: other.id, handle: other.handle },
    accepted: mine.accepted,
    last: last && {
      text: last.deletedAt ? "" : last.text,
      notice: (last.payload?.notice as Notice | undefined) ?? null,
      author: last.authorName,
      own: last.authorId === actor.accountId,
      at: last.createdAt.toISOString(),
    },
    unread: Math.max(0, lastSeq - (readSeq ?? 0)),
    muted: mine.mutedUntil !== null && mine.mutedUntil > now,
    pinned: mine.pinnedAt !== null,
    archived: mine.archivedAt !== null,
  }));
}

/**
 * The direct chats and groups in which an account takes part, in no order; a direct chat in which nothing was said is in
 * nobody's list.
 */
export async function listChats(actor: AccountActor): Promise<ChatSummary[]> {
  const shown = or(ne(conversation.kind, "direct"), gt(conversation.lastSeq, 0));
  return readChats(actor, shown);
}

export type ChatPerson = {
  id: string;
  name: string;
  role: ParticipantRole;
  /** What the reader may do with this one. */
  can: { remove: boolean; promote: boolean };
};
export type ChatDetails = ChatSummary & {
  people: ChatPerson[];
  /** Whether the reader has blocked the other one. */
  blocked: boolean;
  /** Whether the other one has not accepted yet. */
  waits: boolean;
  /** Of the other one, where both show it to each other: when they were there last. */
  presence: { seenAt: string | null } | null;
  can: { rename: boolean; add: boolean; handOver: boolean };
};

/** One chat with its people, as one who takes part sees it. @throws AppError 404 for everybody else */
export async function getChat(actor: AccountActor, conversationId: string): Promise<ChatDetails> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  const [chat] = await readChats(actor, eq(conversation.id, conversationId));
  if (!chat) throw notFound("conversation");
  return asSystem("a chat's people", async (tx) => {
    const people = await peopleOf(tx, chat);
    const role = people.find(({ accountId }) => accountId === actor.accountId)?.role ?? "member";
    const rights = groupRights(role);
    const { accountBlock } = schema;
    const own = and(
      eq(accountBlock.accountId, actor.accountId),
      eq(accountBlock.blockedId, chat.other?.id ?? actor.accountId),
    );
    const blocked = (await tx.select({ at: accountBlock.createdAt }).from(accountBlock).where(own)).length > 0;
    const pair = pairOf(chat.id, actor.accountId);
    const seenAt = (await readParts(tx, [pair])).get(pair)?.lastSeenAt;
    return {
      ...chat,
      presence: seenAt === undefined ? null : { seenAt: seenAt?.toISOString() ?? null },
      people: people.map((one) => ({
        id: one.accountId,
        name: one.name,
        role: one.role,
        can: {
          remove: chat.kind !== "direct" && mayPutOut(role, one.role),
          promote: chat.kind !== "direct" && rights.promote && one.accountId !== actor.accountId,
        },
      })),
      blocked,
      waits: people.some((one) => one.accountId === chat.other?.id && !one.accepted),
      can: { rename: rights.rename, add: rights.add, handOver: rights.handOver },
    };
  });
}

export type Acquaintance = { id: string; name: string };

/** Whom an account may put into a group: colleagues, or an organisation's, and who accepted a direct chat. */
export async function listAcquaintances(actor: AccountActor, orgId: string | null): Promise<Acquaintance[]> {
  const { rows } = await asSystem("whom an account knows", (tx) =>
    tx.execute<Acquaintance>(
      sql`select distinct a.id, a.name from account a join (
          select b.account_id as id from member m join member b using (org_id)
            where m.account_id = ${actor.accountId} and m.removed_at is null and b.removed_at is null
              and (${orgId}::uuid is null or m.org_id = ${orgId}::uuid)
          union select o.account_id from participant p join participant o using (conversation_id)
            join conversation c on c.id = p.conversation_id
            where p.account_id = ${actor.accountId} and c.kind = 'direct' and ${orgId}::uuid is null
              and p.accepted and o.accepted and p.left_at is null and o.left_at is null) known using (id)
        where a.id <> ${actor.accountId} and not ${blocks(actor.accountId, sql`a.id`)}
        order by a.name, a.id limit 1000`,
    ),
  );
  return rows;
}
