import { and, eq, inArray, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { conflict } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { TicketState } from "~db/schema/tickets";
import { transitionOf } from "../lifecycle";
import { placeTimes } from "../places/place-times";
import { findLastTicket } from "../reading/find-tickets.server";
import type { TicketEventRow, TicketRow } from "../reading/summarise.server";
import type { TicketEventKind } from "../ticket-view";

/** Where a ticket stands, as far as others are told of it or are given it. */
export type Place = Pick<TicketRow, "state" | "areaId" | "assigneeId" | "waitingOn" | "snoozedUntil">;

export type Touched = {
  before: Place;
  /** Up to where its changes have been settled; null for a ticket that is new. */
  settled: Place | null;
  lines: TicketEventRow[];
  row: TicketRow;
};

/** A verb's context that remembers which tickets it changed, so that each is told of once, as it is at the end. */
export type TicketContext = Context<Actor> & { readonly touched: Map<string, Touched> };

export const placeIn = ({ state, areaId, assigneeId, waitingOn, snoozedUntil }: TicketRow): Place => ({
  state,
  areaId,
  assigneeId,
  waitingOn,
  snoozedUntil,
});

export type Who = { kind: "member" | "bot" | "customer" | "system"; id: string | null; name: string };

export type EventDraft = {
  kind: TicketEventKind;
  by: Who;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reason?: string | null;
};

/** Remembers how a ticket stood before this transaction changed it. */
export function touch(ctx: TicketContext, row: TicketRow): Touched {
  const known = ctx.touched.get(row.id);
  if (known) return known;
  const place = placeIn(row);
  const fresh: Touched = { before: place, settled: place, lines: [], row };
  ctx.touched.set(row.id, fresh);
  return fresh;
}

async function addLine(ctx: TicketContext, conversation: ConversationRow, ticket: TicketRow, event: EventDraft) {
  const [line] = await ctx.tx
    .insert(schema.ticketEvent)
    .values({
      id: newId(),
      orgId: ticket.orgId,
      ticketId: ticket.id,
      conversationId: ticket.conversationId,
      afterSeq: conversation.lastSeq,
      kind: event.kind,
      actorKind: event.by.kind,
      actorId: event.by.id,
      actorName: event.by.name,
      areaId: ticket.areaId,
      assigneeId: ticket.assigneeId,
      before: event.before ?? null,
      after: event.after ?? null,
      reason: event.reason ?? null,
      createdAt: ctx.now,
    })
    .returning();
  if (line) touch(ctx, ticket).lines.push(line);
}

/** A state changes only with a line of history, and both only as the table has them. */
function requireMove(ctx: TicketContext, ticket: TicketRow | null, to: TicketState, event?: EventDraft): void {
  const from = ticket?.state ?? "none";
  if (!event && from === to) return;
  const move = event && transitionOf(from, to, event.kind, event.by.kind);
  if (!move || (ticket && move.guard && !move.guard(ticket, ctx.now)))
    throw conflict("transition_not_allowed", { from, to });
}

/** Adds a new ticket and its first line of history. The conversation is locked by the caller. */
export async function insertTicket(
  ctx: TicketContext,
  conversation: ConversationRow,
  values: Omit<typeof schema.ticket.$inferInsert, "id" | "orgId" | "number" | "conversationId" | "channelId">,
  event: EventDraft,
): Promise<TicketRow> {
  const { orgId, channelId } = conversation;
  if (!orgId || !channelId) throw new Error("tickets belong to customer conversations");
  requireMove(ctx, null, values.state, event);
  const [number] = await ctx.tx
    .update(schema.ticketNumber)
    .set({ last: sql`${schema.ticketNumber.last} + 1` })
    .where(eq(schema.ticketNumber.orgId, orgId))
    .returning({ last: schema.ticketNumber.last });
  if (!number) throw new Error(`organisation ${orgId} has no ticket numbers`);
  // Whoever may not read what was before one ticket may not by the next (R10).
  const last = await findLastTicket(ctx, conversation.id);
  const [row] = await ctx.tx
    .insert(schema.ticket)
    .values({
      historyFromSeq: last?.historyFromSeq ?? null,
      ...placeTimes(null, { assigneeId: null, ...values }, ctx.now),
      ...values,
      id: newId(),
      orgId,
      number: number.last,
      conversationId: conversation.id,
      channelId,
      createdAt: ctx.now,
    })
    .returning();
  if (!row) throw new Error("insert returned nothing");
  touch(ctx, row).settled = null;
  await addLine(ctx, conversation, row, event);
  return row;
}

/**
 * Changes a ticket whose conversation is locked, checks its version, and writes the line of history if there is one.
 * @throws AppError `version_conflict` when somebody changed it in between, `transition_not_allowed` for a move that the
 *   table does not have
 */
export async function changeTicket(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  patch: Partial<typeof schema.ticket.$inferInsert>,
  event?: EventDraft,
): Promise<TicketRow> {
  requireMove(ctx, ticket, patch.state ?? ticket.state, event);
  const touched = touch(ctx, ticket);
  const [row] = await ctx.tx
    .update(schema.ticket)
    .set({
      ...placeTimes(ticket, { ...ticket, ...patch }, ctx.now),
      ...patch,
      version: sql`${schema.ticket.version} + 1`,
    })
    .where(and(eq(schema.ticket.id, ticket.id), eq(schema.ticket.version, ticket.version)))
    .returning();
  if (!row) throw conflict("version_conflict");
  touched.row = row;
  if (event) await addLine(ctx, conversation, row, event);
  return row;
}

/**
 * Gives tickets of a locked conversation to another contact, all at once: no other verb may change them meanwhile, and nothing
 * of where they stand changes by it.
 */
export async function moveTickets(ctx: TicketContext, conversationId: string, move: { from: string; to: string }) {
  const { ticket } = schema;
  const theirs = and(eq(ticket.conversationId, conversationId), eq(ticket.contactId, move.from));
  const before = await ctx.tx.select().from(ticket).where(theirs).orderBy(ticket.id);
  if (before.length === 0) return;
  const touched = new Map(before.map((row) => [row.id, touch(ctx, row)]));
  const rows = await ctx.tx
    .update(ticket)
    .set({ contactId: move.to, version: sql`${ticket.version} + 1` })
    .where(inArray(ticket.id, [...touched.keys()]))
    .returning();
  for (const row of rows) {
    const one = touched.get(row.id);
    if (one) one.row = row;
  }
}
