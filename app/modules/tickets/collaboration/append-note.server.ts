import { isNull, sql } from "drizzle-orm";
import { findMentions } from "~/modules/chats";
import type { Mention } from "~/modules/messaging";
import {
  type Appended,
  appendMessage,
  type ConversationRow,
  type MessageDraft,
} from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { schema } from "~db/index.server";
import { notify } from "../notices/notify.server";
import { type PolicyMember, ticketRights } from "../policy";
import type { TicketRow } from "../reading/summarise.server";
import type { TicketContext, Who } from "../ticket-context.server";

/** The most colleagues whom one note calls (TE7); there is no word for all of them. */
export const MOST_CALLED = 20;

/** Without what a note is not: it is never carried to a customer. */
export type NoteDraft = Omit<MessageDraft, "visibility" | "delivery" | "externalId" | "ticketId">;

/**
 * Writes a note for colleagues into a ticket whose conversation is locked. Those whom it calls by `@` and a name or handle
 * are told, and may read this ticket from now on, wherever it stands (R16).
 * @throws AppError `too_many_called` (422) over 20
 */
export async function appendNote(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  draft: NoteDraft,
): Promise<Appended> {
  const mentions = await calledBy(ctx.tx, draft.text);
  const payload = mentions.length > 0 ? { ...draft.payload, mentions } : draft.payload;
  const note = await appendMessage(ctx, conversation, { ...draft, payload, visibility: "staff", ticketId: ticket.id });
  if (!note.dedup) await callColleagues(ctx, ticket, whoWrote(draft), mentions);
  return note;
}

const whoWrote = ({ author }: NoteDraft): Who => ({ kind: "member", id: author.id, name: author.name });

/** The members whom a note calls, by their ids. @throws AppError `too_many_called` (422) over 20 */
export async function calledBy(tx: Tx, text: string): Promise<Mention[]> {
  if (!text.includes("@")) return [];
  const { member, account } = schema;
  const colleagues = await tx
    .select({ id: member.id, name: account.name, handle: account.handle })
    .from(member)
    .innerJoin(account, sql`${account.id} = ${member.accountId}`)
    .where(isNull(member.removedAt));
  const mentions = findMentions(text, colleagues);
  if (mentions.length > MOST_CALLED) throw invalid("too_many_called", { limit: MOST_CALLED });
  return mentions;
}

/** Tells members of a note that calls them, and lets those read the ticket who would not see it. */
export async function callColleagues(
  ctx: TicketContext,
  ticket: TicketRow,
  by: Who,
  mentions: readonly Mention[],
): Promise<void> {
  const ids = mentions.map(({ id }) => id).filter((id) => id !== by.id);
  if (ids.length === 0) return;
  const { area: areas, ticketReader } = schema;
  const [area] = await ctx.tx.select().from(areas).where(sql`${areas.id} = ${ticket.areaId}`);
  const blind = (await membersOf(ctx.tx, ids)).filter((one) => area && !ticketRights(one, ticket, area, false).see);
  if (blind.length > 0)
    await ctx.tx
      .insert(ticketReader)
      .values(blind.map(({ memberId }) => ({ orgId: ticket.orgId, ticketId: ticket.id, memberId, createdAt: ctx.now })))
      .onConflictDoNothing();
  await notify(ctx, ids, { kind: "mentioned", orgId: ticket.orgId, ticketId: ticket.id, by });
}

async function membersOf(tx: Tx, ids: readonly string[]): Promise<PolicyMember[]> {
  const { member, areaMember } = schema;
  return tx
    .select({
      memberId: member.id,
      role: member.role,
      areaIds: sql<
        string[]
      >`array(select place.area_id::text from ${areaMember} place where place.member_id = ${member}.id)`,
    })
    .from(member)
    .where(sql`${member.id} = any(${sql.param([...ids])}::uuid[])`);
}
