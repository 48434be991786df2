import type { ConversationRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import type { TicketContext } from "../desk/change-ticket.server";
import { sendToCustomer } from "../desk/send-to-customer.server";
import { replyStanding } from "../places/reply-standing.server";
import type { TicketRow } from "../reading/summarise.server";
import { RATING_CHOICES, ratingWords } from "./rating-words";

/**
 * Asks a ticket's customer how it was, right before it is closed (R7). The conversation is locked.
 * @throws AppError `reply_not_allowed` (422) with what the channel allows now (R19)
 */
export async function askRating(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
): Promise<{ ratingAskedAt: Date }> {
  const at = await standingOf(ctx.tx, ticket, conversation, ctx.now);
  const { allowed } = at;
  if (allowed.mode !== "free") throw new AppError("reply_not_allowed", 422, { data: allowed });
  const { question, button } = ratingWords(at.organisation.locale);
  await sendToCustomer(
    ctx,
    conversation,
    at.channel,
    {
      author: { kind: "system", id: null, name: at.organisation.name },
      kind: "rating",
      text: question,
      payload: { choices: RATING_CHOICES },
      ticketId: ticket.id,
    },
    {
      content: {
        type: "list",
        text: question,
        button,
        sections: [{ rows: RATING_CHOICES.map(({ id, label }) => ({ id, title: label })) }],
      },
    },
  );
  return { ratingAskedAt: ctx.now };
}

/** Whether a closing now could ask it: the page offers only what the channel would carry. */
export const mayAskRating = async (...asked: Parameters<typeof standingOf>): Promise<boolean> =>
  (await standingOf(...asked)).allowed.mode === "free";

const standingOf = (
  tx: Tx,
  ticket: Pick<TicketRow, "id" | "contactId" | "channelId">,
  conversation: Pick<ConversationRow, "lastInboundAt">,
  now: Date,
) => replyStanding(tx, "bot", ticket, conversation, now);
