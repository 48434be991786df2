import { and, eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { returnJob } from "~/modules/accounts/index.server";
import { lockConversation } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { changeTicket } from "../desk/change-ticket.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { ticketVerb } from "../ticket-context.server";
import { BY_SYSTEM } from "./give-ticket.server";

/** Why a member's tickets go back: all of one who left, of one who is away those that wait for them. */
export type ReturnReason = "member_removed" | "went_away";

/** A member went away and chose to give back what waits. */
export const returnWaiting = defineJob({
  ...returnJob,
  run: ({ orgId, memberId }) => returnTickets(orgId, memberId, "went_away"),
});

/**
 * R13: tickets of a member who left, or who went away and said so, go back to their queues, with their waiting kept. One
 * transaction a ticket, so that none waits for all; safe to run again.
 */
export async function returnTickets(
  orgId: string,
  memberId: string,
  reason: ReturnReason = "member_removed",
): Promise<void> {
  const { ticket, member } = schema;
  const waits = reason === "went_away" ? eq(ticket.waitingOn, "agent") : undefined;
  const theirs = await inScope({ orgId }, (tx) =>
    tx
      .select({ conversationId: ticket.conversationId })
      .from(ticket)
      .where(and(eq(ticket.assigneeId, memberId), eq(ticket.state, "open"), waits)),
  );
  for (const { conversationId } of theirs) {
    await ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const conversation = await lockConversation(ctx, conversationId);
      const live = conversation && (await findLiveTicket(ctx, conversationId));
      if (!conversation || live?.assigneeId !== memberId) return;
      if (reason === "went_away") {
        const [row] = await ctx.tx.select().from(member).where(eq(member.id, memberId));
        if (live.waitingOn !== "agent" || row?.availability !== "away") return;
      }
      const gone = reason === "member_removed";
      await changeTicket(
        ctx,
        conversation,
        live,
        { assigneeId: null, lastAssigneeId: gone ? null : memberId },
        { kind: "returned", by: BY_SYSTEM, before: { assignee_id: memberId }, reason },
      );
    });
  }
}
