import { and, eq, inArray } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { forbidden, invalid, notFound } from "~/platform/errors";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { ParticipantRole } from "~db/schema/messaging";
import { cleanTitle, GROUP_LIMIT, requireKnown } from "./create-group.server";
import { chatsChanged, peopleLeft } from "./events";
import { type Chat, lockGroup, type Participant } from "./load-chat.server";
import { addNotice } from "./notice.server";
import { groupRights, mayPutOut } from "./policy";
import { freshPart, setParticipant } from "./set-participant.server";

/** Runs a change of a group by one who takes part in it; all who did, and do then, hear that their lists changed. */
export async function changeGroup(
  actor: AccountActor,
  conversationId: string,
  change: (ctx: Context<AccountActor>, chat: Chat) => Promise<readonly string[] | undefined>,
): Promise<void> {
  return transactAsSystem(actor, "change a group", async (ctx) => {
    const chat = await lockGroup(ctx, conversationId);
    const more = (await change(ctx, chat)) ?? [];
    const accountIds = [...new Set([...chat.people.map((one) => one.accountId), ...more])];
    ctx.emit(chatsChanged, { conversationId, accountIds });
  });
}

/** @throws AppError 404 for who is not in it, 403 below an admin, `title_empty`, `title_too_long` */
export async function renameGroup(actor: AccountActor, conversationId: string, given: string): Promise<void> {
  const title = cleanTitle(given);
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    if (!groupRights(chat.me.role).rename) throw forbidden();
    if (chat.conversation.title === title) return undefined;
    const { conversation } = schema;
    await ctx.tx.update(conversation).set({ title }).where(eq(conversation.id, conversationId));
    await addNotice(ctx, chat, "renamed", [title]);
    return undefined;
  });
}

/** Puts people in, who see all that was said. Errors as `createGroup`; 403 below an admin. */
export async function addToGroup(
  actor: AccountActor,
  conversationId: string,
  accountIds: readonly string[],
): Promise<void> {
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    if (!groupRights(chat.me.role).add) throw forbidden();
    const inside = new Set(chat.people.map((one) => one.accountId));
    const news = [...new Set(accountIds)].filter((id) => !inside.has(id));
    if (news.length === 0) return undefined;
    if (inside.size + news.length > GROUP_LIMIT) throw invalid("group_too_large", { limit: GROUP_LIMIT });
    const { orgId } = chat.conversation;
    await requireKnown(ctx.tx, actor.accountId, news, orgId);
    const { participant, chatJoinRequest } = schema;
    const joined = { conversationId, orgId, joinedAt: ctx.now };
    await ctx.tx
      .insert(participant)
      .values(news.map((accountId) => ({ ...joined, accountId })))
      .onConflictDoUpdate({ target: [participant.conversationId, participant.accountId], set: freshPart(ctx.now) });
    await ctx.tx
      .delete(chatJoinRequest)
      .where(and(eq(chatJoinRequest.conversationId, conversationId), inArray(chatJoinRequest.accountId, news)));
    await addNotice(ctx, chat, "added", await namesOf(ctx.tx, news));
    return news;
  });
}

/** Puts somebody out, whom no link lets in again that does not ask. @throws AppError 404, 403 by an equal or less */
export async function removeFromGroup(actor: AccountActor, conversationId: string, accountId: string): Promise<void> {
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    const other = required(chat, accountId);
    if (!mayPutOut(chat.me.role, other.role)) throw forbidden();
    await setParticipant(ctx, conversationId, accountId, { leftAt: ctx.now, role: "member", accepted: false });
    await addNotice(ctx, chat, "removed", [other.name]);
    ctx.emit(peopleLeft, { conversationId });
    return undefined;
  });
}

/**
 * Leaves. The last one may; an owner with others hands the group over first.
 * @throws AppError `owner_cannot_leave` (422)
 */
export async function leaveGroup(actor: AccountActor, conversationId: string): Promise<void> {
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    if (chat.me.role === "owner" && chat.people.length > 1) throw invalid("owner_cannot_leave");
    await addNotice(ctx, chat, "left");
    await setParticipant(ctx, conversationId, actor.accountId, { leftAt: ctx.now, role: "member" });
    ctx.emit(peopleLeft, { conversationId });
    return undefined;
  });
}

/** Makes a member an admin, an admin a member, or hands the group over: its owner is an admin from then on. */
export async function setGroupRole(
  actor: AccountActor,
  conversationId: string,
  accountId: string,
  role: Exclude<ParticipantRole, "customer">,
): Promise<void> {
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    const other = required(chat, accountId);
    if (!groupRights(chat.me.role).promote || other.accountId === actor.accountId) throw forbidden();
    if (other.role === role) return undefined;
    // One owner at a time: the one goes before the other comes.
    if (role === "owner") await setParticipant(ctx, conversationId, actor.accountId, { role: "admin" });
    await setParticipant(ctx, conversationId, accountId, { role });
    if (role === "owner") await addNotice(ctx, chat, "handed_over", [other.name]);
    return undefined;
  });
}

function required(chat: Chat, accountId: string): Participant {
  const other = chat.people.find((one) => one.accountId === accountId);
  if (!other) throw notFound("participant");
  return other;
}

async function namesOf(tx: Tx, accountIds: readonly string[]): Promise<string[]> {
  const { account } = schema;
  const rows = await tx
    .select({ name: account.name })
    .from(account)
    .where(inArray(account.id, [...accountIds]))
    .orderBy(account.name);
  return rows.map(({ name }) => name);
}
