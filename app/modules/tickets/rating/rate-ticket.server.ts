import type { ContactRow } from "~/modules/contacts/index.server";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { changeTicket, type TicketContext } from "../desk/change-ticket.server";
import type { TicketRow } from "../reading/summarise.server";

/** What the customer thinks of a closed ticket; said again, the last word counts (R2). */
export function rateTicket(
  ctx: TicketContext,
  { conversation, contact }: { conversation: ConversationRow; contact: ContactRow },
  ticket: TicketRow,
  rating: number,
): Promise<TicketRow> {
  return changeTicket(
    ctx,
    conversation,
    ticket,
    { rating, ratedAt: ctx.now, lastActivityAt: ctx.now },
    {
      kind: "rated",
      by: { kind: "customer", id: contact.id, name: contact.name },
      before: { rating: ticket.rating },
      after: { rating },
    },
  );
}
