import { z } from "zod";
import { getPinned, listStarred, searchChats, searchConversation } from "~/modules/tickets/index.server";
import { forbidden } from "~/platform/errors";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { message } from "../shapes/message";

const q = z
  .string()
  .max(200)
  .describe("All words must be there, the last may have only begun; case and accents do not matter")
  .default("");

/** Ways to messages besides their place. */
export const search = [
  endpoint({
    method: "GET",
    path: "/search",
    name: "searchChats",
    summary:
      "Messages that hold some words, of all chats in which the token's member takes part and the token may enter, the newest first.",
    access: "member",
    scope: "messages:read",
    query: z.object({ ...paging, q }),
    answer: z.array(message),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, query }) => {
      if (actor.kind !== "account") throw forbidden();
      const { messages, nextCursor } = await searchChats(actor, query);
      return { data: messages, nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/search",
    name: "searchConversation",
    summary: "Messages of one conversation that hold some words, the newest first.",
    access: "guest",
    scope: "messages:read",
    query: z.object({ ...paging, q }),
    answer: z.array(message),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, params, query }) => {
      const { messages, nextCursor } = await searchConversation(actor, params.id ?? "", query);
      return { data: messages, nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/conversations/:id/pins",
    name: "listPins",
    summary: "What a conversation keeps at its head, the first kept first.",
    access: "guest",
    scope: "messages:read",
    answer: z.array(message),
    handle: async ({ actor, params }) => ({ data: await getPinned(actor, params.id ?? ""), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/starred",
    name: "listStarred",
    summary:
      "What the token's member has starred, the newest star first. A page may hold fewer than asked for, since what is out of sight is left out.",
    access: "member",
    scope: "messages:read",
    query: z.object(paging),
    answer: z.array(message),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, query }) => {
      if (actor.kind !== "account") throw forbidden();
      const { messages, nextCursor } = await listStarred(actor, query);
      return { data: messages, nextCursor };
    },
  }),
];
