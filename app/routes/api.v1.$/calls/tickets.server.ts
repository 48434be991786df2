import { z } from "zod";
import { claimTicket, getTicket, listTicketEvents, updateTicket } from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { priority, ticket as shape, ticketEvent, ticketState } from "../shapes/ticket";

export const tickets = [
  endpoint({
    method: "GET",
    path: "/tickets/:id",
    name: "getTicket",
    summary: "One ticket.",
    access: "member",
    scope: "tickets:read",
    answer: shape,
    handle: async ({ actor, params }) => {
      const { org_id: _, ...ticket } = await getTicket(actor, params.id ?? "");
      return { data: ticket };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/tickets/:id",
    name: "updateTicket",
    summary: "Change a ticket: close, reopen, transfer, assign, tag, snooze, give to a bot. What is not named stays.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({
      state: ticketState.optional(),
      area_id: z.uuid().optional(),
      assignee_id: z.uuid().nullable().optional(),
      priority: priority.optional(),
      tags: z.array(z.string().min(1).max(60)).max(50).optional(),
      snoozed_until: z.iso.datetime({ offset: true }).nullable().optional(),
      reason: z.string().max(500).optional(),
      ask_rating: z.boolean().describe("With state `closed`: the customer is asked to rate it, 1 to 5").optional(),
      version: z.number().int().describe("What you had read; another one now is a `version_conflict`").optional(),
      flow_id: z.uuid().describe("With state `bot`: the flow that takes over").optional(),
      note: z.string().max(10_000).describe("For colleagues, with a transfer").optional(),
      share_history: z
        .boolean()
        .describe(
          "With a transfer: whether those who get it read what was written before; `false` needs a `note`, from which they then read",
        )
        .optional(),
    }),
    answer: shape,
    refusals: {
      409: ["version_conflict", "transition_not_allowed", "another_ticket_is_live", "ticket_closed"],
      422: [
        "area_unknown",
        "assignee_unknown",
        "assignee_not_in_area",
        "flow_needed",
        "rating_needs_closing",
        "reply_not_allowed",
        "flow_not_published",
        "summary_needed",
        "transfer_needed",
        "too_many_called",
      ],
    },
    handle: async ({ actor, params, body }) => ({
      data: await updateTicket(actor, params.id ?? "", {
        state: body.state,
        areaId: body.area_id,
        assigneeId: body.assignee_id,
        priority: body.priority,
        tags: body.tags,
        snoozedUntil: body.snoozed_until ? new Date(body.snoozed_until) : (body.snoozed_until as null | undefined),
        reason: body.reason,
        askRating: body.ask_rating,
        version: body.version,
        flowId: body.flow_id,
        note: body.note,
        shareHistory: body.share_history,
      }),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/tickets/:id/claim",
    name: "claimTicket",
    summary: "Take a ticket that nobody has, from the bot too. Of many who try at once one wins.",
    access: "member",
    scope: "tickets:write",
    answer: shape,
    refusals: { 409: ["already_claimed"] },
    handle: async ({ actor, params }) => ({ data: await claimTicket(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "GET",
    path: "/tickets/:id/events",
    name: "listTicketEvents",
    summary: "The history of a ticket, oldest first.",
    access: "member",
    scope: "tickets:read",
    answer: z.array(ticketEvent),
    handle: async ({ actor, params }) => ({ data: await listTicketEvents(actor, params.id ?? ""), nextCursor: null }),
  }),
];
