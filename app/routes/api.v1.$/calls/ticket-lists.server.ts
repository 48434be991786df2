import { z } from "zod";
import { changeTickets } from "~/modules/desk/index.server";
import { isDay, TICKET_VIEWS } from "~/modules/tickets";
import { countTickets, listTickets } from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { bulkResult, listedTicket, priority, ticketCounts, ticketState, waitingOn } from "../shapes/ticket";

const day = z.string().max(10).refine(isDay).describe("`YYYY-MM-DD` of the organisation's calendar");
const tag = z.string().min(1).max(60);

/** Lists of tickets, and what is done with many. */
export const ticketLists = [
  endpoint({
    method: "GET",
    path: "/tickets",
    name: "listTickets",
    summary:
      "The tickets that the token's member sees, the last message first; with view `queue` as they are to be served. A page may hold fewer than asked for and still have a next one.",
    access: "member",
    scope: "tickets:read",
    query: z.object({
      ...paging,
      view: z.enum(TICKET_VIEWS).describe("One of the inbox's standing lists").optional(),
      state: ticketState.optional(),
      area: z.uuid().optional(),
      assignee: z
        .union([z.uuid(), z.literal("none")])
        .describe("A member's id, or `none`")
        .optional(),
      channel: z.uuid().optional(),
      contact: z.uuid().optional(),
      tag: tag.optional(),
      priority: priority.optional(),
      snoozed: z.enum(["true", "false"]).optional(),
      from: day.optional(),
      to: day.optional(),
      q: z.string().max(200).describe("Part of the customer's name, or a ticket's number").optional(),
      waiting_on: waitingOn.optional(),
    }),
    answer: z.array(listedTicket),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const { cursor, limit, area, channel, contact, snoozed, waiting_on, ...filter } = query;
      const named = { areaId: area, channelId: channel, contactId: contact, waitingOn: waiting_on };
      const asleep = snoozed === undefined ? undefined : snoozed === "true";
      const page = await listTickets(actor, orgId, { ...filter, ...named, snoozed: asleep }, { cursor, limit });
      return { data: page.tickets, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/tickets/counts",
    name: "countTickets",
    summary: "How many tickets each of the inbox's standing lists holds for the token's member, exactly.",
    access: "member",
    scope: "tickets:read",
    answer: ticketCounts,
    handle: async ({ actor, orgId }) => ({ data: await countTickets(actor, orgId) }),
  }),
  endpoint({
    method: "POST",
    path: "/tickets/bulk",
    name: "changeTickets",
    summary:
      "Change up to 200 tickets alike, each by itself and with the member's rights to it. The answer says which were changed, and which were refused and why.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({
      ticket_ids: z.array(z.uuid()).min(1).max(200),
      state: z.enum(["open", "closed"]).optional(),
      reason: z.string().max(500).optional(),
      area_id: z.uuid().optional(),
      assignee_id: z.uuid().nullable().optional(),
      priority: priority.optional(),
      add_tags: z.array(tag).max(50).optional(),
      remove_tags: z.array(tag).max(50).optional(),
      snoozed_until: z.iso.datetime({ offset: true }).nullable().optional(),
    }),
    answer: bulkResult,
    refusals: { 422: ["nothing_to_change", "too_many_tickets"] },
    handle: async ({ actor, orgId, body }) => {
      const { done, refused } = await changeTickets(actor, orgId, body.ticket_ids, {
        state: body.state,
        reason: body.reason,
        areaId: body.area_id,
        assigneeId: body.assignee_id,
        priority: body.priority,
        addTags: body.add_tags,
        removeTags: body.remove_tags,
        snoozedUntil: body.snoozed_until,
      });
      return {
        data: {
          done: done.map(({ undo: _, ...one }) => one),
          refused: refused.map(({ id, number, code }) => ({ id, number, code })),
        },
      };
    },
  }),
];
