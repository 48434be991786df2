import { eq } from "drizzle-orm";
import { editMessage, type MessageRow } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import type { TicketContext } from "../ticket-context.server";
import { callColleagues, calledBy } from "./append-note.server";

type Held = Parameters<typeof editMessage>[1];

/** Gives a note another text; whom it calls only now is told, and nobody a second time. */
export async function changeNote(ctx: TicketContext, held: Held, text: string): Promise<MessageRow> {
  const { row, by } = held;
  const { mentions: before, ...rest } = row.payload ?? {};
  const mentions = await calledBy(ctx.tx, text);
  const payload = { ...rest, ...(mentions.length > 0 && { mentions }) };
  const changed = await editMessage(ctx, held, text, { payload: Object.keys(payload).length > 0 ? payload : null });
  const known = new Set((before as { id: string }[] | undefined)?.map(({ id }) => id));
  const { ticket: table } = schema;
  const [ticket] = row.ticketId ? await ctx.tx.select().from(table).where(eq(table.id, row.ticketId)) : [];
  const added = mentions.filter(({ id }) => !known.has(id));
  if (ticket && changed !== row) await callColleagues(ctx, ticket, { kind: "member", id: by.id, name: by.name }, added);
  return changed;
}
