import type { OutboundContent } from "~/modules/channels";
import { DRIVERS } from "~/modules/channels/index.server";
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
import type { TicketContext } from "../ticket-context.server";

/** A message that may leave to the customer; a staff note does not fit its type (R16). */
export type OutboundDraft = Omit<MessageDraft, "visibility" | "delivery" | "externalId">;

/**
 * Appends a public message and, where a provider carries it, puts it in the outbox of the same transaction: nothing
 * leaves otherwise. `content` is what the provider shows where that is more than the text, `notBefore` when it may go. In-app customers have the
 * message with the commit.
 */
export async function sendToCustomer(
  ctx: TicketContext,
  conversation: ConversationRow,
  channel: { id: string; kind: ChannelKind },
  draft: OutboundDraft,
  sending: { content?: OutboundContent; notBefore?: Date } = {},
): Promise<Appended> {
  const driver = DRIVERS[channel.kind];
  const carried = driver.delivery === "provider";
  const appended = await appendMessage(ctx, conversation, {
    ...draft,
    visibility: "public",
    delivery: carried ? "queued" : "sent",
  });
  if (!carried || appended.dedup || !conversation.orgId) return appended;
  const { orgId } = conversation;
  const parts = driver.plan(sending.content ?? { type: "text", text: draft.text });
  await ctx.tx.insert(schema.outbox).values(
    parts.map((part, place) => ({
      id: newId(),
      orgId,
      conversationId: conversation.id,
      channelId: channel.id,
      messageId: appended.row.id,
      seq: appended.row.seq,
      part: place,
      parts: parts.length,
      content: part,
      nextAt: sending.notBefore ?? ctx.now,
      createdAt: ctx.now,
    })),
  );
  await enqueue(ctx.tx, deliverOutbox, { conversationId: conversation.id });
  return appended;
}
