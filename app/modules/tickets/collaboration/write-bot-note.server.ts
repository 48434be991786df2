import { and, inArray, isNull } from "drizzle-orm";
import { appendMessage, type ConversationRow } from "~/modules/messaging/index.server";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { TicketRow } from "../reading/summarise.server";
import type { TicketContext, Who } from "../ticket-context.server";
import { callColleagues, MOST_CALLED } from "./append-note.server";

/**
 * Writes a bot's note for colleagues into a ticket whose conversation is locked. Members whom it names are told and may read
 * the ticket; ids of nobody are left out, and at most 20 are told.
 */
export async function writeBotNote(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  { by, text, memberIds }: { by: Who & { kind: "bot" }; text: string; memberIds: readonly string[] },
): Promise<void> {
  await appendMessage(ctx, conversation, {
    author: by,
    kind: "text",
    text,
    visibility: "staff",
    ticketId: ticket.id,
  });
  const { member } = schema;
  const wanted = [...new Set(memberIds)].filter(isUuid);
  if (wanted.length === 0) return;
  const known = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .where(and(inArray(member.id, wanted), isNull(member.removedAt)));
  const called = known.slice(0, MOST_CALLED).map(({ id }) => ({ id, name: "" }));
  await callColleagues(ctx, ticket, by, called);
}
