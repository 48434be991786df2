import { and, desc, eq, ne } from "drizzle-orm";
import { schema } from "~db/index.server";
import type { TicketContext } from "../ticket-context.server";
import type { TicketRow } from "./summarise.server";

/** The ticket of a conversation that is not closed. */
export async function findLiveTicket(ctx: TicketContext, conversationId: string): Promise<TicketRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(schema.ticket)
    .where(and(eq(schema.ticket.conversationId, conversationId), ne(schema.ticket.state, "closed")));
  return row ?? null;
}

/** The newest ticket of a conversation, whatever its state. */
export async function findLastTicket(ctx: TicketContext, conversationId: string): Promise<TicketRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(schema.ticket)
    .where(eq(schema.ticket.conversationId, conversationId))
    .orderBy(desc(schema.ticket.openedAt), desc(schema.ticket.id))
    .limit(1);
  return row ?? null;
}
