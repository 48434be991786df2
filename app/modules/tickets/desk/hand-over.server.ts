import { appendMessage, type ConversationRow } from "~/modules/messaging/index.server";
import { automation } from "../automation.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, type TicketContext, type Who } from "../ticket-context.server";
import { waitingOnAgent } from "../turn";

export type HandOver = {
  by: Who;
  /** Why: `handoff`, `command`, `invalid_answers`, `no_answer`, `loop`, `flow_error`, `taken`, `human_reply`, … */
  reason: string;
  areaId?: string;
  assigneeId?: string | null;
  priority?: TicketRow["priority"];
  /** What whoever hands over wants colleagues to know. */
  note?: string;
  /** Kept when a person's own reply follows at once: then it is the customer's turn. */
  waiting?: Partial<Pick<TicketRow, "waitingOn" | "waitingSince">>;
};

/**
 * R5: from the bot to people, in the caller's transaction. The run ends here, so that nothing more of the bot can be
 * enqueued; what it had learnt becomes a staff note. The conversation is locked by the caller.
 */
export async function handOver(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  input: HandOver,
): Promise<TicketRow> {
  const { answers } = await automation().end(ctx, ticket.id, input.reason);
  const changed = await changeTicket(
    ctx,
    conversation,
    ticket,
    {
      state: "open",
      areaId: input.areaId ?? ticket.areaId,
      assigneeId: input.assigneeId ?? null,
      skipMemberIds: [],
      ...(input.priority && { priority: input.priority }),
      ...(input.waiting ?? waitingOnAgent(ticket, ctx.now)),
    },
    {
      kind: "handed_over",
      by: input.by,
      before: { state: "bot", area_id: ticket.areaId },
      after: { state: "open", area_id: input.areaId ?? ticket.areaId, assignee_id: input.assigneeId ?? null },
      reason: input.reason,
    },
  );
  const lines = [...(input.note ? [input.note] : []), ...answers];
  if (lines.length > 0) {
    await appendMessage(ctx, conversation, {
      author: { kind: "system", id: null, name: "" },
      kind: "system",
      text: lines.join("\n"),
      payload: { note: "bot_answers" },
      visibility: "staff",
      ticketId: ticket.id,
    });
  }
  return changed;
}
