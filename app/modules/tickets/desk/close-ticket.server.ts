import type { ConversationRow } from "~/modules/messaging/index.server";
import { automation } from "../automation.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, type TicketContext, type Who } from "../ticket-context.server";
import { standingOf } from "./standing";

/**
 * Closes a ticket (R6, R7) whose conversation the caller has locked; a run that still lives ends with it. The caller
 * has asked whether it may.
 */
export async function closeTicket(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  input: { by: Who; reason: string | null; tags?: readonly string[]; ratingAskedAt?: Date },
): Promise<TicketRow> {
  const tags = [...new Set([...ticket.tags, ...(input.tags ?? [])])];
  if (ticket.state === "bot") await automation().end(ctx, ticket.id, "closed");
  return changeTicket(
    ctx,
    conversation,
    ticket,
    {
      state: "closed",
      closedAt: ctx.now,
      closeReason: input.reason,
      assigneeId: null,
      lastAssigneeId: ticket.assigneeId ?? ticket.lastAssigneeId,
      waitingOn: "none",
      waitingSince: null,
      snoozedUntil: null,
      lastSeq: conversation.lastSeq,
      ...(input.ratingAskedAt && { ratingAskedAt: input.ratingAskedAt }),
      ...(input.tags?.length && { tags }),
    },
    {
      kind: "closed",
      by: input.by,
      before: standingOf(ticket),
      after: { state: "closed", tags },
      reason: input.reason,
    },
  );
}
