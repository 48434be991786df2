import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { NoticeKind } from "~db/schema/tickets";
import { noticeCreated } from "../events";
import type { TicketContext, Who } from "../ticket-context.server";

export type NoticeDraft = {
  kind: NoticeKind;
  ticket: { id: string; orgId: string };
  by: Who;
  reason?: string | null;
};

/**
 * Lets members know of a ticket, each once a call, within the transaction that caused it (R5, R12, R16): a row that stays
 * until it is read, told to their screens after the commit. Whoever caused it is not told.
 * @param memberIds of the ticket's organisation
 */
export async function notify(ctx: TicketContext, memberIds: readonly string[], draft: NoticeDraft): Promise<void> {
  const told = [...new Set(memberIds)].filter((id) => id !== draft.by.id);
  if (told.length === 0) return;
  const { id: ticketId, orgId } = draft.ticket;
  const rows = told.map((memberId) => ({
    id: newId(),
    orgId,
    memberId,
    kind: draft.kind,
    ticketId,
    byName: draft.by.name,
    reason: draft.reason ?? null,
    createdAt: ctx.now,
  }));
  await ctx.tx.insert(schema.notice).values(rows);
  for (const row of rows) {
    const { id, memberId, kind, reason } = row;
    ctx.emit(noticeCreated, {
      orgId,
      memberId,
      notice: { id, kind, ticket_id: ticketId, by: row.byName, reason, created_at: ctx.now.toISOString() },
    });
  }
}
