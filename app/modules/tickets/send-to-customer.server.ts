import {
  type Appended,
  appendMessage,
  type ConversationRow,
  deliverOutbox,
  type MessageDraft,
} from "~/modules/messaging/index.server";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import type { ChannelKind } from "~db/schema/channels";
import type { TicketContext } from "./ticket-context.server";

const BY_PROVIDER: Record<ChannelKind, boolean> = {
  internal: false,
  web: false,
  whatsapp: true,
  messenger: true,
  instagram: true,
};

/** A message that may leave to the customer; a staff note does not fit its type (R16). */
export type OutboundDraft = Omit<MessageDraft, "visibility" | "delivery" | "externalId">;

/**
 * Appends a public message and, where a provider carries it, puts it in the outbox of the same transaction: nothing
 * leaves otherwise. In-app customers have it with the commit.
 */
export async function sendToCustomer(
  ctx: TicketContext,
  conversation: ConversationRow,
  channel: { id: string; kind: ChannelKind },
  draft: OutboundDraft,
): Promise<Appended> {
  const carried = BY_PROVIDER[channel.kind];
  const appended = await appendMessage(ctx, conversation, {
    ...draft,
    visibility: "public",
    delivery: carried ? "queued" : "sent",
  });
  if (!carried || appended.dedup || !conversation.orgId) return appended;
  await ctx.tx.insert(schema.outbox).values({
    id: newId(),
    orgId: conversation.orgId,
    conversationId: conversation.id,
    channelId: channel.id,
    messageId: appended.row.id,
    seq: appended.row.seq,
    nextAt: ctx.now,
    createdAt: ctx.now,
  });
  await enqueue(ctx.tx, deliverOutbox, { conversationId: conversation.id });
  return appended;
}
