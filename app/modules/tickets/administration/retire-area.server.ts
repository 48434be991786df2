import { and, eq, isNull, ne } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { archiveArea, redirectArea } from "~/modules/accounts/index.server";
import { lockConversation } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireMembership, whoIs } from "../desk/load-for-member.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { changeTicket, type TicketContext, ticketVerb, type Who } from "../ticket-context.server";

type Move = { orgId: string; areaId: string; toAreaId: string };

/**
 * Puts an area away. With `toAreaId` its channels, what overflowed into it, and its tickets under way go there first, so that
 * none is left where nobody looks; again after a failure goes on where it stopped.
 * @throws AppError `not_found`, `forbidden`; 409 `last_area`, `area_in_use`, `area_has_tickets`, `same_area`
 */
export async function retireArea(
  actor: AccountActor,
  input: { orgId: string; areaId: string; toAreaId: string | null },
): Promise<void> {
  const { orgId, areaId, toAreaId } = input;
  const scope = { orgId, accountId: actor.accountId };
  if (toAreaId) {
    const move = { orgId, areaId, toAreaId };
    await transact(actor, scope, (ctx) => redirectArea(ctx, move));
    await moveTickets(actor, move);
  }
  await transact(actor, scope, (ctx) => archiveArea(ctx, { orgId, areaId }));
}

/** One transaction a ticket, so that none waits for all. */
async function moveTickets(actor: AccountActor, move: Move): Promise<void> {
  const { membership } = requireMembership(actor, move.orgId, "areas:write");
  const { ticket } = schema;
  const live = await inScope({ orgId: move.orgId }, (tx) =>
    tx
      .select({ conversationId: ticket.conversationId })
      .from(ticket)
      .where(and(eq(ticket.areaId, move.areaId), ne(ticket.state, "closed"))),
  );
  for (const { conversationId } of live)
    await ticketVerb(actor, { orgId: move.orgId }, (ctx) =>
      moveTicket(ctx, conversationId, move, whoIs(actor, membership)),
    );
}

async function moveTicket(ctx: TicketContext, conversationId: string, move: Move, by: Who): Promise<void> {
  const conversation = await lockConversation(ctx, conversationId);
  const live = conversation && (await findLiveTicket(ctx, conversationId));
  if (!conversation || live?.areaId !== move.areaId) return;
  const keeps = live.assigneeId !== null && (await belongsTo(ctx, live.assigneeId, move.toAreaId));
  const after = { area_id: move.toAreaId, ...(!keeps && live.assigneeId && { assignee_id: null }) };
  await changeTicket(
    ctx,
    conversation,
    live,
    { areaId: move.toAreaId, assigneeId: keeps ? live.assigneeId : null },
    {
      kind: "transferred",
      by,
      before: { area_id: live.areaId, assignee_id: live.assigneeId },
      after,
      reason: null,
    },
  );
}

/** Who has a ticket keeps it where they may have one. */
async function belongsTo(ctx: TicketContext, memberId: string, areaId: string): Promise<boolean> {
  const { member, areaMember } = schema;
  const [row] = await ctx.tx
    .select({ role: member.role, inArea: areaMember.areaId })
    .from(member)
    .leftJoin(areaMember, and(eq(areaMember.memberId, member.id), eq(areaMember.areaId, areaId)))
    .where(and(eq(member.id, memberId), isNull(member.removedAt)));
  return row !== undefined && (row.role === "admin" || row.inArea !== null);
}
