import { CHANNEL_LIMITS } from "~/modules/channels";
import { sendToCustomer, type TicketContext } from "~/modules/tickets/index.server";
import type { BotContent } from "../engine/run";
import { renderContent } from "../rendering/render-content";
import { bringMedia } from "./bring-media.server";
import type { RunDesk } from "./run-desk.server";
import { showContent } from "./show-content";

/**
 * Says something to the customer, in the transaction at hand. A delay counts where a provider carries the message; on our
 * own screens it is there with the commit.
 */
export async function say(ctx: TicketContext, desk: RunDesk, said: BotContent, delaySeconds = 0): Promise<void> {
  const limits = CHANNEL_LIMITS[desk.channel.kind];
  const { text, choices, media } = showContent(said, limits);
  const brought = media && (await bringMedia(ctx, desk, media));
  const appended = await sendToCustomer(
    ctx,
    desk.conversation,
    desk.channel,
    {
      author: { kind: "bot", id: desk.run.id, name: desk.org.name },
      kind: choices.length > 0 ? "interactive" : brought ? "media" : "text",
      text,
      payload: choices.length > 0 ? { choices } : null,
      attachments: brought ? [brought.attachment] : [],
      ticketId: desk.ticket.id,
    },
    {
      content: renderContent(said, limits, () => brought?.link ?? null),
      notBefore: new Date(ctx.now.getTime() + delaySeconds * 1000),
    },
  );
  await brought?.sentWith(appended.row.id);
}
