import { desc, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { listChats } from "~/modules/chats/index.server";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { getTicket } from "../reading/read-tickets.server";

/** A conversation with colleagues about a ticket, as one who takes part in it sees it. */
export type SideThread = { id: string; unread: number; last: string };

/** The side threads of a ticket in which the actor takes part, the newest first. @throws AppError 404 without sight of the ticket */
export async function listSideThreads(actor: AccountActor, ticketId: string): Promise<SideThread[]> {
  const { org_id: orgId } = await getTicket(actor, ticketId);
  const { ticketThread } = schema;
  const rows = await inScope({ orgId }, (tx) =>
    tx
      .select({ id: ticketThread.conversationId })
      .from(ticketThread)
      .where(eq(ticketThread.ticketId, ticketId))
      .orderBy(desc(ticketThread.createdAt)),
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const chats = await listChats(actor, ids);
  return ids.flatMap((id) => {
    const chat = chats.find((one) => one.id === id);
    return chat ? [{ id, unread: chat.unread, last: chat.last?.text ?? "" }] : [];
  });
}
