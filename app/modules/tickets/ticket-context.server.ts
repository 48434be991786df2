import { desc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import {
  insertChanges,
  messageCreated,
  messageDeleted,
  messageEdited,
  recordChange,
} from "~/modules/messaging/index.server";
import type { Scope } from "~/platform/db.server";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { settle } from "./assignment/settle.server";
import { type TicketContext, touch } from "./desk/change-ticket.server";
import { ticketChanged } from "./events";
import { tellCustomers } from "./lists/tell-customer.server";
import { type SummaryRow, summarise, toSummary, toTicketEvent } from "./reading/summarise.server";

export {
  changeTicket,
  type EventDraft,
  insertTicket,
  moveTickets,
  type TicketContext,
  type Who,
} from "./desk/change-ticket.server";

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
    await settle(ctx);
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

/** Returns the conversations of those tickets whose customer writes from within the app. */
async function tellChanges(ctx: TicketContext): Promise<string[]> {
  const rows = await summarise(ctx.tx, [...ctx.touched.keys()]);
  const grown = (row: SummaryRow) => (ctx.touched.get(row.ticket.id)?.lines.length ?? 0) > 0;
  const quiet = rows.filter((row) => !grown(row));
  const cursors = await insertChanges(
    ctx,
    quiet.map((row) => ({ ...changeOf(row), rev: null, publicRev: null })),
  );
  // Told in the order in which they stand in the log.
  for (const row of [...quiet, ...rows.filter(grown)]) {
    const touched = ctx.touched.get(row.ticket.id);
    if (!touched) continue;
    const known = cursors.get(row.ticket.id);
    const revs = known ? null : await recordChange(ctx, { ...changeOf(row), visibility: "staff" });
    const cursor = known ?? revs?.cursor ?? "";
    ctx.emit(ticketChanged, {
      orgId: row.ticket.orgId,
      ticket: toSummary(row),
      events: touched.lines.map(toTicketEvent),
      cursor,
      rev: revs?.rev ?? null,
      before: touched.before,
      readers: row.readers,
    });
  }
  return rows.flatMap(({ ticket, channel }) => (channel.kind === "internal" ? [ticket.conversationId] : []));
}

const changeOf = ({ ticket: { id, conversationId, orgId } }: SummaryRow) => ({
  conversation: { id: conversationId, orgId },
  kind: "ticket.changed",
  ref: id,
  ticketId: id,
});
