import { and, asc, eq, or } from "drizzle-orm";
import type { InboundEvent, OutboundContent } from "~/modules/channels";
import { applyDelivery, type ConversationRow } from "~/modules/messaging/index.server";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { TicketContext } from "../ticket-context.server";

type Echo = Extract<InboundEvent, { type: "echo" }>;

/** The words of a part as its echo bears them: pictures and cards come back without any. */
const wordsOf = (content: OutboundContent): string =>
  content.type === "media" || content.type === "card" ? "" : content.text;

/**
 * The echo of what we send ourselves is that message, and nobody's reply. It is known by our own mark where the provider
 * sends that back, by the id that the sending was answered with, or, since it may come before that answer or in its place,
 * by being what is on its way. A message that left in parts has an echo of each.
 */
export async function recogniseOwn(ctx: TicketContext, conversation: ConversationRow, event: Echo): Promise<boolean> {
  const { message, outbox } = schema;
  const { correlation, externalId } = event;
  const marked = correlation && isUuid(correlation) ? eq(outbox.messageId, correlation) : undefined;
  const rows = await ctx.tx
    .select({ message, part: outbox })
    .from(outbox)
    .innerJoin(message, eq(message.id, outbox.messageId))
    .where(
      and(
        eq(outbox.conversationId, conversation.id),
        or(
          eq(outbox.externalId, externalId),
          // One state each, as the indexes have them.
          eq(outbox.state, "sending"),
          eq(outbox.state, "unknown"),
          marked,
        ),
      ),
    )
    .orderBy(asc(outbox.seq), asc(outbox.part));
  if (rows.some(({ part }) => part.externalId === externalId)) return true;
  const onItsWay = rows.find(
    ({ part }) =>
      part.externalId === null &&
      part.state !== "waiting" &&
      (part.messageId === correlation || wordsOf(part.content as OutboundContent) === event.content.text),
  );
  if (!onItsWay) return marked !== undefined && rows.some(({ part }) => part.messageId === correlation);
  await ctx.tx.update(outbox).set({ externalId }).where(eq(outbox.id, onItsWay.part.id));
  if (onItsWay.message.externalId === null)
    await applyDelivery(ctx, onItsWay.message, { delivery: "sent", externalId });
  return true;
}
