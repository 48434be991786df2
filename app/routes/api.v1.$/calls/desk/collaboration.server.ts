import { v5 } from "uuid";
import { z } from "zod";
import type { AccountActor, Actor } from "~/modules/accounts";
import { throttleMessages } from "~/modules/accounts/index.server";
import { getSharedTicket, listSideThreads, openSideThread, shareTicket } from "~/modules/tickets/index.server";
import { forbidden } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { endpoint } from "../../endpoint";
import { forwarded } from "../../shapes/marks";
import { sideThread } from "../../shapes/side-thread";
import { ticket } from "../../shapes/ticket";

function accountOf(actor: Actor): AccountActor {
  if (actor.kind !== "account") throw forbidden();
  return actor;
}

/** What colleagues say to one another about a ticket. */
export const collaboration = [
  endpoint({
    method: "GET",
    path: "/tickets/:id/side-threads",
    name: "listSideThreads",
    summary: "The side threads of a ticket in which the token's member takes part, the newest first.",
    access: "member",
    scope: "tickets:read",
    answer: z.array(sideThread),
    handle: async ({ actor, params }) => ({
      data: await listSideThreads(accountOf(actor), params.id ?? ""),
      nextCursor: null,
    }),
  }),
  endpoint({
    method: "POST",
    path: "/tickets/:id/side-threads",
    name: "openSideThread",
    summary: "Open a side thread of a ticket with colleagues; it lets nobody read the ticket.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({ member_ids: z.array(z.uuid()).min(1).max(20) }),
    answer: sideThread,
    statuses: [201],
    refusals: { 422: ["colleagues_unknown"] },
    handle: async ({ actor, params, body, onceId }) => ({
      status: 201,
      data: { id: await openSideThread(actor, params.id ?? "", body.member_ids, onceId), unread: 0, last: "" },
    }),
  }),
  endpoint({
    method: "POST",
    path: "/tickets/:id/share",
    name: "shareTicket",
    summary:
      "Show a ticket in chats as a card, which tells who may see the ticket what it is, and all others nothing. Each chat answers for itself.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      conversation_ids: z.array(z.uuid()).min(1).max(10),
      client_ids: z
        .array(z.uuid())
        .max(10)
        .describe("One for each chat, so that a repeat sends nothing twice; an `Idempotency-Key` stands in for them")
        .optional(),
      text: z.string().max(16_000).describe("Said with it").optional(),
    }),
    answer: z.array(forwarded),
    refusals: { 422: ["invalid_request"] },
    handle: async ({ actor, params, body, onceId }) => {
      const { conversation_ids: conversationIds, text } = body;
      const clientIds = body.client_ids ?? conversationIds.map((id) => (onceId ? v5(id, onceId) : newId()));
      await throttleMessages(accountOf(actor).accountId, conversationIds.length);
      const results = await shareTicket(actor, params.id ?? "", { conversationIds, clientIds, text });
      return { data: results, nextCursor: null };
    },
  }),
  endpoint({
    method: "GET",
    path: "/messages/:id/ticket",
    name: "getSharedTicket",
    summary: "The ticket that a message of a chat shows as a card; 404 for who may not see it.",
    access: "member",
    scope: "tickets:read",
    answer: ticket,
    handle: async ({ actor, params }) => {
      const { org_id: _, ...shown } = await getSharedTicket(actor, params.id ?? "");
      return { data: shown };
    },
  }),
];
