import { desc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { schema } from "~db/index.server";
import { organisationOfTicket } from "../reading/locate.server";
import type { TicketEventRow, TicketRow } from "../reading/summarise.server";
import { UNDONE_WITHIN_MS } from "../reasons";
import { changeTicket, ticketVerb } from "../ticket-context.server";
import type { Ticket } from "../ticket-view";
import { type LoadedTicket, lockTicket, requireMembership, whoIs } from "./load-for-member.server";
import type { Standing } from "./standing";
import { updateTicket } from "./update-ticket.server";

/**
 * Takes back one's own closing of a moment ago: the ticket is as it was, as if nobody had closed it, but for the two lines
 * of its history. Where anything happened since, or a bot had it, it is reopened as at any other time.
 * @throws AppError as `updateTicket` with `state: "open"`
 */
export async function undoClose(actor: Actor, ticketId: string): Promise<Ticket> {
  const orgId = await organisationOfTicket(ticketId);
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write", "ticket");
  await ticketVerb(actor, { orgId }, async (ctx) => {
    const loaded = await lockTicket(ctx, membership, ticketId);
    const { ticketEvent } = schema;
    const [last] = await ctx.tx
      .select()
      .from(ticketEvent)
      .where(eq(ticketEvent.ticketId, ticketId))
      .orderBy(desc(ticketEvent.id))
      .limit(1);
    const by = whoIs(account, membership);
    const before = last && last.actorId === by.id ? standingBefore(last, loaded, ctx.now) : null;
    // A ticket that a colleague had goes the ordinary way: who may have it now is asked there.
    if (!before || !loaded.rights.reopen || (before.assignee_id && before.assignee_id !== membership.memberId)) return;
    await changeTicket(ctx, loaded.conversation, loaded.ticket, asBefore(before), {
      kind: "reopened",
      by,
      before: { state: "closed" },
      after: { state: "open" },
      reason: "undone",
    });
  });
  // Open by now, or not to be put back: the ordinary reopening does the rest, and changes nothing that is open.
  return updateTicket(actor, ticketId, { state: "open" });
}

/** How the ticket stood before this line closed it, when that was just now and nothing came after it. */
function standingBefore(line: TicketEventRow, { ticket, conversation }: LoadedTicket, now: Date): Standing | null {
  const before = line.before as Partial<Standing> | null;
  const fresh = now.getTime() - line.createdAt.getTime() <= UNDONE_WITHIN_MS && conversation.lastSeq === line.afterSeq;
  const whole = before?.state === "open" && before.queue_front !== undefined;
  return ticket.state === "closed" && line.kind === "closed" && fresh && whole ? (before as Standing) : null;
}

const instant = (text: string | null) => (text === null ? null : new Date(text));

const asBefore = (before: Standing): Partial<TicketRow> => ({
  state: "open",
  closedAt: null,
  closeReason: null,
  lastSeq: null,
  assigneeId: before.assignee_id,
  lastAssigneeId: before.last_assignee_id,
  waitingOn: before.waiting_on,
  waitingSince: instant(before.waiting_since),
  snoozedUntil: instant(before.snoozed_until),
  queuedAt: instant(before.queued_at),
  queueFront: before.queue_front,
  assignedAt: instant(before.assigned_at),
});
