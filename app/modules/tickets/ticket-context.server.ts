import { and, desc, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import {
  type ConversationRow,
  insertChange,
  messageCreated,
  messageDeleted,
  messageEdited,
  recordChange,
} from "~/modules/messaging/index.server";
import type { Scope } from "~/platform/db.server";
import { conflict } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { ticketChanged } from "./events";
import { tellCustomers } from "./lists/tell-customer.server";
import { summarise, type TicketEventRow, type TicketRow, toSummary, toTicketEvent } from "./reading/summarise.server";
import type { TicketEventKind } from "./ticket-view";

type Touched = { before: { areaId: string; assigneeId: string | null }; lines: TicketEventRow[]; row: TicketRow };

/** A verb's context that remembers which tickets it changed, so that each is told of once, as it is at the end. */
export type TicketContext = Context<Actor> & { readonly touched: Map<string, Touched> };

/** Runs a verb that may change tickets: one transaction, one line of news a ticket. */
export function ticketVerb<T>(actor: Actor, scope: Scope, work: (ctx: TicketContext) => Promise<T>): Promise<T> {
  return transact(actor, scope, async (plain) => {
    const spoken = new Set<string>();
    /** Where the customer may see the words too. */
    const heard = new Set<string>();
    const emit: Context["emit"] = (definition, data) => {
      if (WORDS.has(definition.name)) {
        const { conversationId, publicRev } = data as { conversationId: string; publicRev: number | null };
        spoken.add(conversationId);
        if (publicRev !== null) heard.add(conversationId);
      }
      plain.emit(definition, data);
    };
    const ctx: TicketContext = { ...plain, emit, touched: new Map() };
    const result = await work(ctx);
    await touchSpoken(ctx, spoken);
    const inside = await tellChanges(ctx);
    await tellCustomers(
      ctx,
      inside.filter((id) => heard.has(id)),
    );
    return result;
  });
}

/** What may change the words that a list shows of a ticket. */
const WORDS: ReadonlySet<string> = new Set([messageCreated.name, messageEdited.name, messageDeleted.name]);

/** A list shows the last words of each ticket, so that words alone are news of it too. */
async function touchSpoken(ctx: TicketContext, conversationIds: ReadonlySet<string>): Promise<void> {
  const told = new Set([...ctx.touched.values()].map(({ row }) => row.conversationId));
  const { ticket } = schema;
  for (const conversationId of conversationIds) {
    if (told.has(conversationId)) continue;
    const [row] = await ctx.tx
      .select()
      .from(ticket)
      .where(eq(ticket.conversationId, conversationId))
      .orderBy(desc(ticket.openedAt), desc(ticket.id))
      .limit(1);
    if (row) touch(ctx, row);
  }
}

export type Who = { kind: "member" | "bot" | "customer" | "system"; id: string | null; name: string };

export type EventDraft = {
  kind: TicketEventKind;
  by: Who;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reason?: string | null;
};

function touch(ctx: TicketContext, row: TicketRow): Touched {
  const known = ctx.touched.get(row.id);
  if (known) return known;
  const fresh = { before: { areaId: row.areaId, assigneeId: row.assigneeId }, lines: [], row };
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
      before: event.before ?? null,
      after: event.after ?? null,
      reason: event.reason ?? null,
      createdAt: ctx.now,
    })
    .returning();
  if (line) touch(ctx, ticket).lines.push(line);
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
  const [number] = await ctx.tx
    .update(schema.ticketNumber)
    .set({ last: sql`${schema.ticketNumber.last} + 1` })
    .where(eq(schema.ticketNumber.orgId, orgId))
    .returning({ last: schema.ticketNumber.last });
  if (!number) throw new Error(`organisation ${orgId} has no ticket numbers`);
  const [row] = await ctx.tx
    .insert(schema.ticket)
    .values({
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
  touch(ctx, row);
  await addLine(ctx, conversation, row, event);
  return row;
}

/**
 * Changes a ticket whose conversation is locked, checks its version, and writes the line of history if there is one.
 * @throws AppError `version_conflict` when somebody changed it in between
 */
export async function changeTicket(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  patch: Partial<typeof schema.ticket.$inferInsert>,
  event?: EventDraft,
): Promise<TicketRow> {
  const touched = touch(ctx, ticket);
  const [row] = await ctx.tx
    .update(schema.ticket)
    .set({ ...patch, version: sql`${schema.ticket.version} + 1` })
    .where(and(eq(schema.ticket.id, ticket.id), eq(schema.ticket.version, ticket.version)))
    .returning();
  if (!row) throw conflict("version_conflict");
  touched.row = row;
  if (event) await addLine(ctx, conversation, row, event);
  return row;
}

/** Returns the conversations of those tickets whose customer writes from within the app. */
async function tellChanges(ctx: TicketContext): Promise<string[]> {
  const rows = await summarise(ctx.tx, [...ctx.touched.keys()]);
  for (const row of rows) {
    const touched = ctx.touched.get(row.ticket.id);
    if (!touched) continue;
    const conversation = { id: row.ticket.conversationId, orgId: row.ticket.orgId };
    const change = { conversation, kind: "ticket.changed", ref: row.ticket.id, ticketId: row.ticket.id };
    const grew = touched.lines.length > 0;
    const revs = grew ? await recordChange(ctx, { ...change, visibility: "staff" }) : null;
    const cursor = revs?.cursor ?? (await insertChange(ctx, { ...change, rev: null, publicRev: null }));
    ctx.emit(ticketChanged, {
      orgId: row.ticket.orgId,
      ticket: toSummary(row),
      events: touched.lines.map(toTicketEvent),
      cursor,
      rev: revs?.rev ?? null,
      before: touched.before,
    });
  }
  return rows.flatMap(({ ticket, channel }) => (channel.kind === "internal" ? [ticket.conversationId] : []));
}
