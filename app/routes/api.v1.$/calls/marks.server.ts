import { v5 } from "uuid";
import { z } from "zod";
import { throttleMessages } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import { forwardMessage, getReaders, markOwn, pin } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { type Call, endpoint } from "../endpoint";
import { forwarded, marks as marksShape, readers } from "../shapes/marks";
import { message } from "../shapes/message";

const on = z.strictObject({ on: z.boolean().default(true) }).default({ on: true });

async function charge({ actor }: Pick<Call<never, never>, "actor">, times = 1): Promise<void> {
  if (actor.kind !== "account") return;
  await throttleMessages(actor.accountId, times);
}

/** What a reader does with a message besides answering it. */
export const marks = [
  endpoint({
    method: "POST",
    path: "/messages/:id/star",
    name: "starMessage",
    summary: "Star a message for the token's member alone, or with `on: false` no more.",
    access: "member",
    scope: "messages:write",
    body: on,
    answer: marksShape,
    refusals: { 422: ["too_many_starred"] },
    handle: async ({ actor, params, body }) => ({ data: await markOwn(actor, params.id ?? "", { starred: body.on }) }),
  }),
  endpoint({
    method: "POST",
    path: "/messages/:id/hide",
    name: "hideMessage",
    summary: "Take a message out of the sight of the token's member alone, or with `on: false` show it again.",
    access: "member",
    scope: "messages:write",
    body: on,
    answer: marksShape,
    handle: async ({ actor, params, body }) => ({ data: await markOwn(actor, params.id ?? "", { hidden: body.on }) }),
  }),
  endpoint({
    method: "POST",
    path: "/messages/:id/pin",
    name: "pinMessage",
    summary:
      "Keep a message at the head of its conversation for all, or with `on: false` no more. In a group for its owner and admins.",
    access: "member",
    scope: "messages:write",
    body: on,
    answer: message,
    refusals: { 422: ["too_many_pinned", "message_deleted"] },
    handle: async (call) => {
      await charge(call);
      return { data: toMessage(await pin(call.actor, call.params.id ?? "", call.body.on)) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/messages/:id/forward",
    name: "forwardMessage",
    summary: "Send a message's text and files to other conversations. Each answers for itself.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      conversation_ids: z.array(z.uuid()).min(1).max(10),
      client_ids: z
        .array(z.uuid())
        .max(10)
        .describe(
          "One for each conversation, so that a repeat sends nothing twice; an `Idempotency-Key` stands in for them",
        )
        .optional(),
    }),
    answer: z.array(forwarded),
    refusals: { 422: ["nothing_to_forward", "invalid_request"] },
    handle: async ({ actor, params, body, onceId }) => {
      const { conversation_ids: to } = body;
      const keys = body.client_ids ?? to.map((id) => (onceId ? v5(id, onceId) : newId()));
      await charge({ actor }, to.length);
      return { data: await forwardMessage(actor, params.id ?? "", to, keys), nextCursor: null };
    },
  }),
  endpoint({
    method: "GET",
    path: "/messages/:id/readers",
    name: "listReaders",
    summary: "Who has read a message: of a group or a direct chat, or which colleagues of a customer's.",
    access: "member",
    scope: "messages:read",
    answer: readers,
    handle: async ({ actor, params }) => ({ data: await getReaders(actor, params.id ?? "") }),
  }),
];
