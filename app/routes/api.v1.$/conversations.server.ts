import { z } from "zod";
import { chatCharges, guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import {
  getConversation,
  listConversationChanges,
  listConversationMessages,
  listConversations,
  markRead,
  openGuestConversation,
  sendMessage,
} from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";
import { endpoint } from "./endpoint";
import { paging } from "./paging";

/** The largest number that the database counts to; a larger one is nobody's. */
const LARGEST = 2_147_483_647;
const seq = z.coerce.number().int().min(0).max(LARGEST).optional();

export const conversations = [
  endpoint({
    method: "GET",
    path: "/conversations",
    access: "member",
    query: z.object(paging),
    handle: async ({ actor, orgId, query }) => {
      const page = await listConversations(actor, orgId, query);
      return { data: page.conversations, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id",
    access: "guest",
    handle: async ({ actor, params }) => ({ data: await getConversation(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/messages",
    access: "guest",
    query: z.object({ ...paging, after_seq: seq, before_seq: seq }),
    handle: async ({ actor, params, query }) => {
      const { limit, cursor } = query;
      // Ascending from the first unless `before_seq` asks for what came earlier.
      const beforeSeq = query.before_seq;
      const from = seq.safeParse(cursor ?? query.after_seq);
      if (!from.success) throw invalid("cursor_invalid");
      const afterSeq = beforeSeq === undefined ? (from.data ?? 0) : undefined;
      const page = await listConversationMessages(actor, params.id ?? "", { limit, beforeSeq, afterSeq });
      const last = page.messages.at(-1)?.seq;
      return { data: page.messages, nextCursor: page.more && beforeSeq === undefined ? String(last) : null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/conversations/:id/messages",
    access: "guest",
    body: z.strictObject({
      client_id: z.uuid(),
      text: z.string(),
      attachments: z.array(z.string()).max(0).optional(),
      visibility: z.enum(["public", "staff"]).default("public"),
      based_on_seq: z.number().int().min(0).max(LARGEST).optional(),
      reply_to: z.uuid().nullable().optional(),
    }),
    handle: async ({ actor, params, body }) => {
      if (actor.kind === "guest") await throttle(guestMessageCharges(actor.guestId));
      const sent = await sendMessage(actor, {
        conversationId: params.id ?? "",
        clientId: body.client_id,
        text: body.text,
        visibility: body.visibility,
        basedOnSeq: body.based_on_seq,
        replyTo: body.reply_to,
      });
      return { status: sent.dedup ? 200 : 201, data: toMessage(sent.row) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/changes",
    access: "guest",
    query: z.object({ after: z.coerce.number().int().min(0).max(LARGEST).default(0), limit: paging.limit }),
    handle: async ({ actor, params, query }) => {
      const page = await listConversationChanges(actor, params.id ?? "", query);
      const last = page.changes.at(-1)?.rev ?? query.after;
      return { data: page.changes, nextCursor: page.more ? String(last) : null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/conversations/:id/read",
    access: "guest",
    body: z.strictObject({ seq: z.number().int().min(0) }),
    handle: async ({ actor, params, body }) => ({ data: { seq: await markRead(actor, params.id ?? "", body.seq) } }),
  }),
  endpoint({
    method: "POST",
    path: "/public/:handle/conversations",
    access: "public",
    body: z
      .strictObject({
        area: z.string().max(100).optional(),
        name: z.string().max(80).optional(),
        ref: z.string().max(200).optional(),
      })
      .default({}),
    handle: async ({ params, body, address }) => {
      await throttle(chatCharges(address));
      const door = await openGuestConversation(params.handle ?? "", body);
      return { status: 201, data: { token: door.token, conversation_id: door.conversationId } };
    },
  }),
];
