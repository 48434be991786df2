import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { ParticipantRole } from "~db/schema/messaging";
import { type ChatSummary, readChats } from "./list/list-chats.server";
import { type ChatPerson, readPeople } from "./people/list-people.server";
import { chatRights, type GroupRights } from "./policy";
import { pairOf, readParts } from "./presence/read-parts.server";

const { accountBlock, chatJoinRequest, conversation, participant } = schema;

export type ChatDetails = ChatSummary & {
  /** The first hundred: the owner, admins, and who came first; see `listPeople`. */
  people: ChatPerson[];
  peopleCount: number;
  /** The reader's own. */
  role: ParticipantRole;
  /** How many wait to be let into the group; 0 for who may not let them in. */
  asking: number;
  /** Whether the reader has blocked the other one. */
  blocked: boolean;
  /** Whether the other one has not accepted yet. */
  waits: boolean;
  /** Of the other one, where both show it to each other: when they were there last. */
  presence: { seenAt: string | null } | null;
  can: GroupRights;
};

/** One chat with its people, as one who takes part sees it. @throws AppError 404 for everybody else */
export async function getChat(actor: AccountActor, conversationId: string): Promise<ChatDetails> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  const [chat] = await readChats(actor, eq(conversation.id, conversationId));
  if (!chat) throw notFound("conversation");
  return asSystem("a chat's people", async (tx) => {
    const group = chat.kind !== "direct";
    const parts = await partsOf(tx, actor.accountId, chat);
    const role = parts.mine?.role ?? "member";
    const can = chatRights(chat.kind, role);
    const { people } = await readPeople(tx, { accountId: actor.accountId, role, group }, chat.id, {});
    const inside = and(eq(participant.conversationId, chat.id), isNull(participant.leftAt));
    const peopleCount = group ? await tx.$count(participant, inside) : people.length;
    const waiting = eq(chatJoinRequest.conversationId, chat.id);
    const asking = group && can.invite ? await tx.$count(chatJoinRequest, waiting) : 0;
    const blocked = chat.other !== null && (await hasBlocked(tx, actor.accountId, chat.other.id));
    const waits = parts.theirs?.accepted === false;
    const presence = await presenceIn(tx, chat.id, actor.accountId);
    return { ...chat, people, peopleCount, role, asking, blocked, waits, presence, can };
  });
}

/** How the reader takes part, and how the other one of a direct chat does. */
async function partsOf(tx: Tx, accountId: string, { id, other }: ChatSummary) {
  const partOf = async (whose: string) => {
    const [row] = await tx
      .select({ role: participant.role, accepted: participant.accepted })
      .from(participant)
      .where(and(eq(participant.conversationId, id), eq(participant.accountId, whose)));
    return row;
  };
  return { mine: await partOf(accountId), theirs: other ? await partOf(other.id) : undefined };
}

async function presenceIn(tx: Tx, conversationId: string, accountId: string): Promise<ChatDetails["presence"]> {
  const pair = pairOf(conversationId, accountId);
  const seenAt = (await readParts(tx, [pair])).get(pair)?.lastSeenAt;
  return seenAt === undefined ? null : { seenAt: seenAt?.toISOString() ?? null };
}

async function hasBlocked(tx: Tx, accountId: string, otherId: string): Promise<boolean> {
  const own = and(eq(accountBlock.accountId, accountId), eq(accountBlock.blockedId, otherId));
  return (await tx.select({ at: accountBlock.createdAt }).from(accountBlock).where(own)).length > 0;
}
