import { z } from "zod";
import { toMessage } from "~/modules/messaging/index.server";
import {
  cancelScheduled,
  changeScheduled,
  discardDraft,
  getDraft,
  listScheduled,
  saveDraft,
  scheduleMessage,
  sendScheduledNow,
} from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { misfit } from "../read-input.server";
import { draft, scheduledMessage } from "../shapes/later";
import { message } from "../shapes/message";

const at = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const sendAt = at.describe("Within the year to come");

export const later = [
  endpoint({
    method: "GET",
    path: "/conversations/:id/draft",
    name: "getDraft",
    summary: "What the token's member has begun to write in a conversation; an empty `text` where there is nothing.",
    access: "member",
    scope: "messages:read",
    answer: draft,
    handle: async ({ actor, params }) => ({ data: await getDraft(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "PUT",
    path: "/conversations/:id/draft",
    name: "saveDraft",
    summary: "Keep what the token's member is writing. The last writer wins: the answer is the draft as it is then.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      text: z.string().describe("At most 16,000 characters; an empty one takes the draft away"),
      reply_to: z.uuid().nullable().optional(),
      updated_at: at.describe("When it was written; now unless said").optional(),
    }),
    answer: draft,
    refusals: { 422: ["text_too_long"] },
    handle: async ({ actor, params, body: { text, reply_to: replyTo, updated_at: updatedAt } }) => ({
      data: await saveDraft(actor, params.id ?? "", { text, replyTo, updatedAt }),
    }),
  }),
  endpoint({
    method: "DELETE",
    path: "/conversations/:id/draft",
    name: "discardDraft",
    summary: "Take the draft of the token's member away.",
    access: "member",
    scope: "messages:write",
    answer: draft,
    handle: async ({ actor, params }) => ({ data: await discardDraft(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/scheduled-messages",
    name: "listScheduledMessages",
    summary: "What the token's member will send to a conversation later, the next first.",
    access: "member",
    scope: "messages:read",
    answer: z.array(scheduledMessage),
    handle: async ({ actor, params }) => ({ data: await listScheduled(actor, params.id ?? ""), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/conversations/:id/scheduled-messages",
    name: "scheduleMessage",
    summary:
      "Keep a message that is sent at a time to come, as if its author sent it then. What cannot be sent by then waits, " +
      "with the code of why as `failed`.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      client_id: z.uuid().describe("As of a message; the `Idempotency-Key` stands in for it").optional(),
      text: z.string().describe("At most 16,000 characters"),
      attachments: z
        .array(z.uuid())
        .max(32)
        .optional()
        .describe("Ids of files that were uploaded for this conversation"),
      reply_to: z.uuid().nullable().optional(),
      send_at: sendAt,
    }),
    answer: scheduledMessage,
    statuses: [201],
    refusals: {
      409: ["id_reused", "attachment_pending", "attachment_used"],
      422: ["text_empty", "text_too_long", "send_at_invalid", "too_many_scheduled"],
    },
    handle: async ({ actor, params, body, onceId }) => {
      const clientId = body.client_id ?? onceId;
      if (!clientId) throw misfit("body", [{ path: "client_id", message: "Give a client_id or an Idempotency-Key" }]);
      const { text, attachments, reply_to: replyTo, send_at: sendAt } = body;
      const input = { conversationId: params.id ?? "", clientId, text, attachments, replyTo, sendAt };
      return { status: 201, data: await scheduleMessage(actor, input) };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/scheduled-messages/:id",
    name: "changeScheduledMessage",
    summary: "Give a message that waits another text or time; one that failed waits again.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ text: z.string().optional(), send_at: sendAt.optional() }),
    answer: scheduledMessage,
    refusals: { 409: ["already_sending"], 422: ["text_empty", "text_too_long", "send_at_invalid"] },
    handle: async ({ actor, params, body: { text, send_at } }) => ({
      data: await changeScheduled(actor, params.id ?? "", { text, sendAt: send_at }),
    }),
  }),
  endpoint({
    method: "DELETE",
    path: "/scheduled-messages/:id",
    name: "cancelScheduledMessage",
    summary: "Take back a message that waits; the answer is what it said.",
    access: "member",
    scope: "messages:write",
    answer: scheduledMessage,
    refusals: { 409: ["already_sending"] },
    handle: async ({ actor, params }) => ({ data: await cancelScheduled(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "POST",
    path: "/scheduled-messages/:id/send",
    name: "sendScheduledMessage",
    summary: "Send a message that waits at once.",
    access: "member",
    scope: "messages:write",
    answer: message,
    refusals: { 422: ["reply_not_allowed", "channel_disabled"] },
    handle: async ({ actor, params }) => ({ data: toMessage(await sendScheduledNow(actor, params.id ?? "")) }),
  }),
];
