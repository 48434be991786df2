import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor, Actor, Membership } from "~/modules/accounts";
import { conflict, forbidden, invalid, notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { Role } from "~db/schema/accounts";
import type { Priority, TicketState } from "~db/schema/tickets";
import { settle } from "../assignment/settle.server";
import { automation } from "../automation.server";
import { appendNote } from "../collaboration/append-note.server";
import { historyAfter } from "../collaboration/history-after";
import { canMove } from "../lifecycle";
import { placeOf } from "../places/place-of";
import { askRating } from "../rating/ask-rating.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { organisationOfTicket } from "../reading/locate.server";
import { showTickets } from "../reading/read-tickets.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, type TicketContext, ticketVerb, type Who } from "../ticket-context.server";
import type { Ticket } from "../ticket-view";
import { waitingOnAgent } from "../turn";
import { closeTicket } from "./close-ticket.server";
import { handOver } from "./hand-over.server";
import { type LoadedTicket, lockTicket, requireMembership, rightsOf, whoIs } from "./load-for-member.server";

export type TicketPatch = {
  state?: TicketState;
  areaId?: string;
  assigneeId?: string | null;
  priority?: Priority;
  tags?: string[];
  snoozedUntil?: Date | null;
  reason?: string | null;
  /** With state `closed`: the customer is asked how it was. */
  askRating?: boolean;
  /** With state `bot`: the flow that takes over. */
  flowId?: string;
  /** A staff note that goes with a transfer. */
  note?: string;
  /** With a transfer: whether those who get it read what was written before. Without, a note must tell them of it. */
  shareHistory?: boolean;
  /** What the caller had on screen; a difference is refused. */
  version?: number;
  /** The ticket's place (`placeOf`) as the caller had it on screen; another is refused, what was written since is not. */
  place?: string;
};

type Desk = LoadedTicket & { by: Who; memberId: string; role: Role };

const deskOf = (loaded: LoadedTicket, account: AccountActor): Desk => ({
  ...loaded,
  by: whoIs(account, loaded.membership),
  memberId: loaded.membership.memberId,
  role: loaded.membership.role,
});

/**
 * Changes a ticket for a member: state, area, assignee, priority, tags, snooze; a note may go along.
 * @throws AppError 404 without sight, 403 without the right, `version_conflict`, `transition_not_allowed`, 422 for ids
 *   that are not of this organisation, `reply_not_allowed` where a rating cannot be asked, `rating_needs_closing`,
 *   `summary_needed` and `transfer_needed` (422) where history is withheld without one
 */
export async function updateTicket(actor: Actor, ticketId: string, patch: TicketPatch): Promise<Ticket> {
  const orgId = await organisationOfTicket(ticketId);
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write", "ticket");
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const loaded = await lockTicket(ctx, membership, ticketId);
    await patchTicket(ctx, account, loaded, patch);
    return shownAfter(ctx, loaded.membership, ticketId);
  });
}

/** The same for a ticket that the caller holds locked, in the caller's transaction. @throws AppError as `updateTicket` */
export async function patchTicket(
  ctx: TicketContext,
  account: AccountActor,
  loaded: LoadedTicket,
  patch: TicketPatch,
): Promise<void> {
  // Refused rather than forgotten: whoever asks for it relies on it.
  if (patch.askRating && patch.state !== "closed") throw invalid("rating_needs_closing");
  const { version, state, areaId, assigneeId } = loaded.ticket;
  if (patch.version !== undefined && patch.version !== version) throw conflict("version_conflict");
  if (patch.place !== undefined && patch.place !== placeOf(state, areaId, assigneeId))
    throw conflict("version_conflict");
  const desk = deskOf(loaded, account);
  // A closed ticket takes no other change, so that closing comes last.
  const closing = patch.state === "closed";
  const moved = closing ? loaded.ticket : await move(ctx, desk, patch);
  // What may be done with it depends on the state it is in by now: a ticket that was closed could not be managed.
  const rights = moved.state === "open" ? (await rightsOf(ctx.tx, loaded.membership, moved)).rights : desk.rights;
  const changed = await changeRest(ctx, { ...desk, ticket: moved, rights }, patch);
  if (patch.note?.trim()) await addNote(ctx, desk, patch.note);
  if (closing) await move(ctx, { ...desk, ticket: changed }, patch);
}

/**
 * Takes an unassigned ticket, from the bot too. Of many who try at once one wins; the others are told who.
 * @throws AppError `already_claimed` with `data.assignee`
 */
export async function claimTicket(actor: Actor, ticketId: string): Promise<Ticket> {
  const orgId = await organisationOfTicket(ticketId);
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write", "ticket");
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const loaded = await lockTicket(ctx, membership, ticketId);
    await takeTicket(ctx, account, loaded);
    return shownAfter(ctx, loaded.membership, ticketId);
  });
}

/** The same for a ticket that the caller holds locked. @throws AppError as `claimTicket` */
export const takeTicket = (ctx: TicketContext, account: AccountActor, loaded: LoadedTicket): Promise<void> =>
  claim(ctx, deskOf(loaded, account));

/** A ticket may leave the member's sight by their own change; they are told all the same how it is now. */
export async function shownAfter(ctx: TicketContext, membership: Membership, ticketId: string): Promise<Ticket> {
  await settle(ctx);
  const [ticket] = await showTickets(ctx.tx, membership, [ticketId]);
  if (!ticket) throw notFound("ticket");
  return ticket;
}

async function claim(ctx: TicketContext, { ticket, conversation, rights, by, memberId }: Desk): Promise<void> {
  if (ticket.assigneeId === memberId) return;
  if (ticket.assigneeId) throw conflict("already_claimed", { assignee: await nameOf(ctx, ticket.assigneeId) });
  if (!rights.claim) throw forbidden();
  if (ticket.state === "bot") {
    await handOver(ctx, conversation, ticket, { by, reason: "taken", assigneeId: memberId });
    return;
  }
  const event = { kind: "claimed", by, after: { assignee_id: memberId } } as const;
  await changeTicket(ctx, conversation, ticket, { assigneeId: memberId, skipMemberIds: [] }, event);
}

async function nameOf(ctx: TicketContext, memberId: string): Promise<{ id: string; name: string }> {
  const { member, account } = schema;
  const [row] = await ctx.tx
    .select({ name: account.name })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(eq(member.id, memberId));
  return { id: memberId, name: row?.name ?? "" };
}

async function move(ctx: TicketContext, desk: Desk, patch: TicketPatch): Promise<TicketRow> {
  const { ticket } = desk;
  const to = patch.state;
  if (!to || (to === ticket.state && to !== "bot")) return ticket;
  if (!canMove(ticket.state, to)) throw conflict("transition_not_allowed", { from: ticket.state, to });
  if (to === "closed") {
    if (!desk.rights.close) throw forbidden();
    const asked = patch.askRating ? await askRating(ctx, desk.conversation, ticket) : {};
    return closeTicket(ctx, desk.conversation, ticket, { by: desk.by, reason: patch.reason ?? null, ...asked });
  }
  if (to === "bot") return sendToBot(ctx, desk, patch.flowId);
  if (ticket.state === "closed") return reopen(ctx, desk, patch.reason ?? null);
  if (!desk.rights.claim && !desk.rights.manage) throw forbidden();
  return handOver(ctx, desk.conversation, ticket, { by: desk.by, reason: "taken", assigneeId: null });
}

/** Only the last ticket of a conversation can live again, and only while no other does (I1). */
async function reopen(ctx: TicketContext, desk: Desk, reason: string | null): Promise<TicketRow> {
  if (!desk.rights.reopen) throw forbidden();
  const { ticket, conversation } = desk;
  const live = await findLiveTicket(ctx, conversation.id);
  if (live) throw conflict("another_ticket_is_live", { ticket: live.id, number: live.number });
  return changeTicket(
    ctx,
    conversation,
    ticket,
    {
      state: "open",
      closedAt: null,
      closeReason: null,
      lastSeq: null,
      assigneeId: desk.memberId,
      skipMemberIds: [],
      thanked: false,
      reopenCount: ticket.reopenCount + 1,
      ...waitingOnAgent(ticket, ctx.now),
    },
    { kind: "reopened", by: desk.by, before: { state: "closed" }, after: { state: "open" }, reason },
  );
}

/** R6: back to a bot, only to a named flow; the assignee is cleared. */
async function sendToBot(ctx: TicketContext, desk: Desk, flowId: string | undefined): Promise<TicketRow> {
  if (!desk.rights.manage) throw forbidden();
  const { ticket, conversation } = desk;
  if (ticket.state !== "open") throw conflict("transition_not_allowed", { from: ticket.state, to: "bot" });
  if (!flowId) throw invalid("flow_needed");
  const { flow } = schema;
  const [row] = await ctx.tx
    .select({ versionId: flow.publishedVersionId })
    .from(flow)
    .where(and(eq(flow.id, flowId), isNull(flow.archivedAt)));
  if (!row?.versionId) throw invalid("flow_not_published");
  const changed = await changeTicket(
    ctx,
    conversation,
    ticket,
    {
      state: "bot",
      assigneeId: null,
      lastAssigneeId: ticket.assigneeId,
      waitingOn: "none",
      waitingSince: null,
      snoozedUntil: null,
    },
    { kind: "sent_to_bot", by: desk.by, before: { state: ticket.state }, after: { state: "bot", flow_id: flowId } },
  );
  await automation().start(ctx, {
    conversation,
    ticket: changed,
    flow: { flowVersionId: row.versionId },
    message: null,
    returning: true,
  });
  return ctx.touched.get(changed.id)?.row ?? changed;
}

/** Area, assignee, priority, tags and snooze of a ticket that lives. */
async function changeRest(ctx: TicketContext, desk: Desk, patch: TicketPatch): Promise<TicketRow> {
  const { ticket } = desk;
  const next: Partial<TicketRow> = {};
  if (patch.priority && patch.priority !== ticket.priority) next.priority = patch.priority;
  if (patch.tags) next.tags = [...new Set(patch.tags.map((tag) => tag.trim()).filter(Boolean))].slice(0, 50);
  if (patch.snoozedUntil !== undefined) next.snoozedUntil = patch.snoozedUntil;
  const transfer = await transferOf(ctx, desk, patch);
  const changes = { ...next, ...transfer, ...historyAfter(desk, patch, transfer) };
  if (Object.keys(changes).length === 0) return ticket;
  const mayTake = patch.assigneeId === desk.memberId && desk.rights.claim && Object.keys(changes).length === 1;
  if (!desk.rights.manage && !mayTake) throw forbidden();
  if (ticket.state === "closed") throw conflict("ticket_closed");
  const bot = ticket.state === "bot" && transfer.assigneeId;
  const base = bot
    ? await handOver(ctx, desk.conversation, ticket, { by: desk.by, reason: "taken", assigneeId: transfer.assigneeId })
    : ticket;
  const before = Object.fromEntries(Object.keys(changes).map((key) => [snake(key), ticket[key as keyof TicketRow]]));
  const after = Object.fromEntries(Object.entries(changes).map(([key, value]) => [snake(key), value]));
  // What the bot leaves behind belongs to what was before.
  const history = historyAfter(desk, patch, transfer);
  return changeTicket(
    ctx,
    desk.conversation,
    base,
    { ...changes, ...skippedBy(transfer, base), ...history },
    {
      kind: kindOf(transfer),
      by: desk.by,
      before,
      after,
      reason: patch.reason ?? null,
    },
  );
}

/** By hand to somebody: whoever had it before may have it again. Given back: not the one who gave it back. */
function skippedBy(transfer: { assigneeId?: string | null }, { assigneeId, skipMemberIds }: TicketRow) {
  if (transfer.assigneeId) return { skipMemberIds: [] };
  if (transfer.assigneeId === undefined || !assigneeId) return {};
  return { skipMemberIds: [...new Set([...skipMemberIds, assigneeId])], lastAssigneeId: assigneeId };
}

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function kindOf(transfer: { areaId?: string; assigneeId?: string | null }) {
  if (transfer.areaId) return "transferred";
  if (transfer.assigneeId) return "assigned";
  return transfer.assigneeId === null ? "returned" : "changed";
}

/** Where a transfer goes; an agent of another area takes the ticket along only when the area changes with it. */
async function transferOf(ctx: TicketContext, desk: Desk, patch: TicketPatch) {
  const { ticket } = desk;
  const out: { areaId?: string; assigneeId?: string | null } = {};
  if (patch.areaId && patch.areaId !== ticket.areaId) {
    const { area } = schema;
    const [row] = await ctx.tx
      .select({ id: area.id })
      .from(area)
      .where(and(eq(area.id, patch.areaId), isNull(area.archivedAt)));
    if (!row) throw invalid("area_unknown");
    out.areaId = row.id;
    out.assigneeId = null;
  }
  if (patch.assigneeId) {
    await checkAssignee(ctx, patch.assigneeId, out.areaId ?? ticket.areaId, desk.role);
    out.assigneeId = patch.assigneeId;
  } else if (patch.assigneeId === null) {
    out.assigneeId = null;
  }
  if (out.assigneeId !== undefined && out.assigneeId === ticket.assigneeId) delete out.assigneeId;
  return out;
}

/** R11: an agent gives it to who is of the area, an admin to anybody. */
async function checkAssignee(ctx: TicketContext, memberId: string, areaId: string, giver: Role): Promise<void> {
  const { member, areaMember } = schema;
  const [row] = await ctx.tx
    .select({ role: member.role, inArea: areaMember.memberId })
    .from(member)
    .leftJoin(areaMember, and(eq(areaMember.memberId, member.id), eq(areaMember.areaId, areaId)))
    .where(and(eq(member.id, memberId), isNull(member.removedAt)));
  if (!row) throw invalid("assignee_unknown");
  if (giver !== "admin" && row.role !== "admin" && !row.inArea) throw invalid("assignee_not_in_area");
}

async function addNote(ctx: TicketContext, desk: Desk, text: string): Promise<void> {
  const author = { kind: "member", id: desk.memberId, name: desk.by.name } as const;
  const ticket = ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket;
  await appendNote(ctx, desk.conversation, ticket, { author, kind: "text", text: text.trim(), clientId: newId() });
}
