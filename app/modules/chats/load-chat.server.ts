import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { AccountActor, Actor } from "~/modules/accounts";
import { type ConversationRow, lockConversation } from "~/modules/messaging/index.server";
import type { Scope, Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { ParticipantRole } from "~db/schema/messaging";
import { mayEnter } from "./policy";

export type Participant = {
  accountId: string;
  name: string;
  handle: string | null;
  role: ParticipantRole;
  accepted: boolean;
  left: boolean;
};

export type Chat = {
  conversation: ConversationRow;
  people: Participant[];
  me: Participant;
  /** The other one of a direct chat. */
  other: Participant | undefined;
};

export const chatScope = (actor: AccountActor, orgId: string | null): Scope => ({
  orgId: orgId ?? undefined,
  accountId: actor.accountId,
});

/** How an account takes part in a chat now; null for everybody else. */
export async function partOf(
  tx: Tx,
  actor: AccountActor,
  chat: Pick<ConversationRow, "id" | "kind" | "orgId">,
): Promise<{ accepted: boolean } | null> {
  if (!mayEnter(actor, chat)) return null;
  const { participant } = schema;
  const [row] = await tx
    .select({ accepted: participant.accepted })
    .from(participant)
    .where(
      and(
        eq(participant.conversationId, chat.id),
        eq(participant.accountId, actor.accountId),
        isNull(participant.leftAt),
      ),
    );
  return row ?? null;
}

/** Who takes part, the earliest first; or one of them alone. Of a direct chat also who left it. */
export async function peopleOf(
  tx: Tx,
  { id, kind }: { id: string; kind: string },
  only?: string,
): Promise<Participant[]> {
  const { participant, account } = schema;
  return tx
    .select({
      accountId: participant.accountId,
      name: account.name,
      handle: account.handle,
      role: participant.role,
      accepted: participant.accepted,
      left: sql<boolean>`${participant.leftAt} is not null`,
    })
    .from(participant)
    .innerJoin(account, eq(account.id, participant.accountId))
    .where(
      and(
        eq(participant.conversationId, id),
        only === undefined ? undefined : eq(participant.accountId, only),
        kind === "direct" ? undefined : isNull(participant.leftAt),
      ),
    )
    .orderBy(asc(participant.joinedAt), asc(participant.accountId));
}

async function lockEnterable(ctx: Context<Actor>, conversationId: string): Promise<[AccountActor, ConversationRow]> {
  const { actor } = ctx;
  if (!isUuid(conversationId)) throw notFound("conversation");
  const conversation = await lockConversation(ctx, conversationId);
  if (!conversation || conversation.kind === "customer" || actor.kind !== "account") throw notFound("conversation");
  if (!mayEnter(actor, conversation)) throw notFound("conversation");
  return [actor, conversation];
}

/**
 * A chat, locked, as one who takes part in it, with all who do.
 * @throws AppError 404 for everybody else
 */
export async function lockChat(ctx: Context<Actor>, conversationId: string): Promise<Chat> {
  const [actor, conversation] = await lockEnterable(ctx, conversationId);
  const people = await peopleOf(ctx.tx, conversation);
  const me = people.find(({ accountId, left }) => accountId === actor.accountId && !left);
  if (!me) throw notFound("conversation");
  const other = conversation.kind === "direct" ? people.find((one) => one !== me) : undefined;
  return { conversation, people, me, other };
}

/** The same without the people of a group, for what is done often: a group may be large. @throws AppError 404 */
export async function lockPart(ctx: Context<Actor>, conversationId: string): Promise<Omit<Chat, "people">> {
  const [actor, conversation] = await lockEnterable(ctx, conversationId);
  const people = await peopleOf(ctx.tx, conversation, conversation.kind === "direct" ? undefined : actor.accountId);
  const me = people.find(({ accountId, left }) => accountId === actor.accountId && !left);
  if (!me) throw notFound("conversation");
  return { conversation, me, other: people.find((one) => one !== me) };
}

/** A group, locked. @throws AppError 404 also for a direct chat */
export async function lockGroup(ctx: Context<Actor>, conversationId: string): Promise<Chat> {
  const chat = await lockChat(ctx, conversationId);
  if (chat.conversation.kind === "direct") throw notFound("group");
  return chat;
}
