import { and, eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { changeTicket, ticketVerb } from "../ticket-context.server";

/**
 * R13: all tickets of a member who left go back to their queues, with their waiting kept. One transaction a ticket, so
 * that none waits for all; safe to run again.
 */
export async function returnTickets(orgId: string, memberId: string): Promise<void> {
  const { ticket } = schema;
  const theirs = await inScope({ orgId }, (tx) =>
    tx
      .select({ conversationId: ticket.conversationId })
      .from(ticket)
      .where(and(eq(ticket.assigneeId, memberId), eq(ticket.state, "open"))),
  );
  for (const { conversationId } of theirs) {
    await ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const conversation = await lockConversation(ctx, conversationId);
      const live = conversation && (await findLiveTicket(ctx, conversationId));
      if (!conversation || live?.assigneeId !== memberId) return;
      await changeTicket(
        ctx,
        conversation,
        live,
        { assigneeId: null, lastAssigneeId: null },
        {
          kind: "returned",
          by: { kind: "system", id: null, name: "" },
          before: { assignee_id: memberId },
          reason: "member_removed",
        },
      );
    });
  }
}
