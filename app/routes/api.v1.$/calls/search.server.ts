import { z } from "zod";
import {
  searchChats,
  searchContacts,
  searchConversation,
  searchMessages,
  searchTickets,
} from "~/modules/search/index.server";
import { isDay } from "~/modules/tickets";
import { getPinned, listStarred } from "~/modules/tickets/index.server";
import { forbidden } from "~/platform/errors";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { contact } from "../shapes/contact";
import { message } from "../shapes/message";
import { id, idAndName } from "../shapes/named";
import { listedTicket, ticketState } from "../shapes/ticket";

const q = z
  .string()
  .max(200)
  .describe("All words must be there, the last may have only begun; case and accents do not matter")
  .default("");

const day = z.string().max(10).refine(isDay).describe("`YYYY-MM-DD` of the organisation's calendar");

const desk = z.object({
  ...paging,
  q,
  area: z.uuid().optional(),
  assignee: z.union([z.literal("none"), z.uuid()]).optional(),
  channel: z.uuid().optional(),
  contact: z.uuid().optional(),
  state: ticketState.optional(),
  tag: z.string().min(1).max(60).optional(),
  from: day.optional(),
  to: day.optional(),
  sort: z
    .enum(["relevance", "newest"])
    .optional()
    .describe("Messages and tickets come the newest first, contacts the best first, where it is not said"),
});

const filterOf = ({ area, assignee, channel, contact: contactId, state, tag, from, to }: z.infer<typeof desk>) => ({
  ...{ areaId: area, assignee, channelId: channel, contactId, state, tag, from, to },
});

/** Ways to messages besides their place. */
export const search = [
  endpoint({
    method: "GET",
    path: "/search/messages",
    name: "searchMessages",
    summary:
      "Messages of customers and notes about them that hold some words or others of their stem in Spanish or Portuguese, as the token's member sees them, the newest first; by relevance the newest 300 are compared. A page may hold fewer than asked for and still have a next one.",
    access: "member",
    scope: "messages:read",
    query: desk.extend({ kind: z.enum(["message", "note"]).optional() }),
    answer: z.array(z.object({ message, ticket: z.object({ id, number: z.int() }), contact: idAndName })),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const notes = query.kind === undefined ? undefined : query.kind === "note";
      const page = await searchMessages(actor, orgId, { ...query, notes, filter: filterOf(query) });
      return { data: page.messages, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/search/tickets",
    name: "searchTickets",
    summary:
      "Tickets of contacts whose name is like what was asked for, and the one of that number, the last active first.",
    access: "member",
    scope: "tickets:read",
    query: desk,
    answer: z.array(listedTicket),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await searchTickets(actor, orgId, { ...query, filter: filterOf(query) });
      return { data: page.tickets, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/search/contacts",
    name: "searchContacts",
    summary:
      "Contacts whose name, telephone or e-mail address is like what was asked for, the best first; 500 at most.",
    access: "member",
    scope: "contacts:read",
    query: desk.pick({ cursor: true, limit: true, q: true, channel: true, tag: true, sort: true }),
    answer: z.array(contact),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const { channel: channelId, tag } = query;
      const page = await searchContacts(actor, orgId, { ...query, filter: { channelId, tag } });
      return { data: page.contacts, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/search",
    name: "searchChats",
    summary:
      "Messages that hold some words or others of their stem in Spanish or Portuguese, of all chats in which the token's member takes part and the token may enter, the newest first.",
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
    summary: "Messages of one conversation that hold some words or others of their stem, the newest first.",
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
