import { z } from "zod";
import { chatCharges, guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { LARGEST_NUMBER } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import {
  getConversation,
  listConversationChanges,
  listConversationFiles,
  listConversationMessages,
  listConversations,
  markRead,
  openGuestConversation,
  sendMessage,
} from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { misfit } from "../read-input.server";
import { conversation, guestDoor, readPointer } from "../shapes/conversation";
import { change, conversationFile, message, visibility } from "../shapes/message";

const seq = z.coerce.number().int().min(0).max(LARGEST_NUMBER).optional();

export const conversations = [
  endpoint({
    method: "GET",
    path: "/conversations",
    name: "listConversations",
    summary: "The customers' conversations that the token's member sees, the last message first.",
    access: "member",
    scope: "messages:read",
    query: z.object(paging),
    answer: z.array(conversation),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await listConversations(actor, orgId, query);
      return { data: page.conversations, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id",
    name: "getConversation",
    summary: "One conversation.",
    access: "guest",
    scope: "messages:read",
    answer: conversation,
    handle: async ({ actor, params }) => ({ data: await getConversation(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/messages",
    name: "listMessages",
    summary:
      "A conversation's messages by ascending `seq`, from the first on; with `before_seq` the last ones before it. " +
      "Members see notes for colleagues, guests never.",
    access: "guest",
    scope: "messages:read",
    query: z.object({ ...paging, after_seq: seq, before_seq: seq }),
    answer: z.array(message),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, params, query }) => {
      const { limit, cursor } = query;
      // Ascending from the first unless `before_seq` asks for what came earlier.
      const beforeSeq = query.before_seq;
      const from = seq.safeParse(cursor ?? query.after_seq);
      if (!from.success) throw invalid("cursor_invalid");
      const afterSeq = beforeSeq === undefined ? (from.data ?? 0) : undefined;
      const page = await listConversationMessages(actor, params.id ?? "", { limit, beforeSeq, afterSeq });
      const last = page.messages.at(-1)?.seq;
      return { data: page.messages, nextCursor: page.more_after && beforeSeq === undefined ? String(last) : null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/conversations/:id/messages",
    name: "sendMessage",
    summary:
      "Send a message: to the customer, as a note for colleagues (`visibility: staff`), or as the customer with a " +
      "guest's token. 201 when it is new, 200 when the same `client_id` had sent it before.",
    access: "guest",
    scope: "messages:write",
    body: z.strictObject({
      client_id: z
        .uuid()
        .describe(
          "Made by the sender, once a message; the `Idempotency-Key` stands in for it, and one of both is needed",
        )
        .optional(),
      text: z.string().describe("At most 16,000 characters; may be empty with attachments"),
      attachments: z
        .array(z.uuid())
        .max(32)
        .describe("Files that the caller uploaded for this conversation (`/uploads`, tus 1.0), by the id of the upload")
        .optional(),
      visibility: visibility.default("public"),
      based_on_seq: z
        .number()
        .int()
        .min(0)
        .max(LARGEST_NUMBER)
        .describe("The last `seq` that you had read; a colleague's later answer is `unseen_messages`")
        .optional(),
      reply_to: z.uuid().nullable().optional(),
      mentions: z
        .array(z.uuid())
        .max(50)
        .describe("Whom of a group the text calls, where several have the name that stands after its `@`")
        .optional(),
    }),
    answer: message,
    statuses: [201, 200],
    refusals: {
      409: ["id_reused", "unseen_messages", "attachment_pending", "attachment_used"],
      422: ["text_empty", "text_too_long", "reply_not_allowed", "channel_disabled", "attachments_unsupported_here"],
    },
    handle: async ({ actor, address, params, body, onceId }) => {
      const clientId = body.client_id ?? onceId;
      if (!clientId) throw misfit("body", [{ path: "client_id", message: "Give a client_id or an Idempotency-Key" }]);
      if (actor.kind === "guest") await throttle(guestMessageCharges(actor, address));
      const sent = await sendMessage(actor, {
        conversationId: params.id ?? "",
        clientId,
        text: body.text,
        attachments: body.attachments,
        visibility: body.visibility,
        basedOnSeq: body.based_on_seq,
        replyTo: body.reply_to,
        mentions: body.mentions,
      });
      return { status: sent.dedup ? 200 : 201, data: toMessage(sent.row) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/files",
    name: "listFiles",
    summary:
      "The files of a conversation, the newest first: pictures and videos (`media`), or sound and all else (`files`). " +
      "Nothing of messages that were taken back.",
    access: "guest",
    scope: "messages:read",
    query: z.object({ ...paging, kind: z.enum(["media", "files"]).default("media") }),
    answer: z.array(conversationFile),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, params, query }) => {
      const page = await listConversationFiles(actor, params.id ?? "", query);
      return { data: page.files, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/changes",
    name: "listChanges",
    summary:
      "What changed in a conversation after a number of its changes, ascending: messages, edits, reactions, marks.",
    access: "guest",
    scope: "messages:read",
    query: z.object({ after: z.coerce.number().int().min(0).max(LARGEST_NUMBER).default(0), limit: paging.limit }),
    answer: z.array(change),
    handle: async ({ actor, params, query }) => {
      const page = await listConversationChanges(actor, params.id ?? "", query);
      const last = page.changes.at(-1)?.rev ?? query.after;
      return { data: page.changes, nextCursor: page.more ? String(last) : null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/conversations/:id/read",
    name: "markRead",
    summary: "Say how far the caller has read. The pointer only moves forward; the answer is where it stands.",
    access: "guest",
    scope: "messages:read",
    body: z.strictObject({ seq: z.number().int().min(0) }),
    answer: readPointer,
    handle: async ({ actor, params, body }) => ({ data: { seq: await markRead(actor, params.id ?? "", body.seq) } }),
  }),
  endpoint({
    method: "POST",
    path: "/public/:handle/conversations",
    name: "openGuestConversation",
    summary:
      "Open a conversation with an organisation as a customer without an account. The token opens it over this API and " +
      "`/hub`; the first message is the customer's.",
    access: "public",
    body: z
      .strictObject({
        area: z.string().max(100).optional(),
        name: z.string().max(80).optional(),
        ref: z.string().max(200).optional(),
      })
      .default({}),
    answer: guestDoor,
    statuses: [201],
    handle: async ({ params, body, address, onceId }) => {
      await throttle(chatCharges(address));
      const door = await openGuestConversation(params.handle ?? "", { ...body, visitor: onceId });
      return { status: 201, data: { token: door.token, conversation_id: door.conversationId } };
    },
  }),
];
