import { z } from "zod";
import { claimTicket, getTicket, listTicketEvents, listTickets, updateTicket } from "~/modules/tickets/index.server";
import { endpoint } from "./endpoint";
import { paging } from "./paging";

const state = z.enum(["bot", "open", "closed"]);

/** A ticket as the API tells it: without what only screens need. */
async function answerTicket(actor: Parameters<typeof getTicket>[0], id: string) {
  const { org_id: _, ...ticket } = await getTicket(actor, id);
  return { data: ticket };
}

export const tickets = [
  endpoint({
    method: "GET",
    path: "/tickets",
    access: "member",
    query: z.object({
      ...paging,
      state: state.optional(),
      area: z.uuid().optional(),
      assignee: z.union([z.uuid(), z.literal("none")]).optional(),
      contact: z.uuid().optional(),
      q: z.string().max(200).optional(),
      waiting_on: z.enum(["agent", "customer", "none"]).optional(),
    }),
    handle: async ({ actor, orgId, query }) => {
      const { cursor, limit, area, contact, waiting_on, ...filter } = query;
      const page = await listTickets(
        actor,
        orgId,
        { ...filter, areaId: area, contactId: contact, waitingOn: waiting_on },
        { cursor, limit },
      );
      return { data: page.tickets, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/tickets/:id",
    access: "member",
    handle: ({ actor, params }) => answerTicket(actor, params.id ?? ""),
  }),
  endpoint({
    method: "PATCH",
    path: "/tickets/:id",
    access: "member",
    body: z.strictObject({
      state: state.optional(),
      area_id: z.uuid().optional(),
      assignee_id: z.uuid().nullable().optional(),
      priority: z.enum(["low", "normal", "high", "urgent"]).optional(),
      tags: z.array(z.string().min(1).max(60)).max(50).optional(),
      snoozed_until: z.iso.datetime({ offset: true }).nullable().optional(),
      reason: z.string().max(500).optional(),
      version: z.number().int().optional(),
      flow_id: z.uuid().optional(),
      note: z.string().max(10_000).optional(),
    }),
    handle: async ({ actor, params, body }) => {
      await updateTicket(actor, params.id ?? "", {
        state: body.state,
        areaId: body.area_id,
        assigneeId: body.assignee_id,
        priority: body.priority,
        tags: body.tags,
        snoozedUntil: body.snoozed_until ? new Date(body.snoozed_until) : (body.snoozed_until as null | undefined),
        reason: body.reason,
        version: body.version,
        flowId: body.flow_id,
        note: body.note,
      });
      return answerTicket(actor, params.id ?? "");
    },
  }),
  endpoint({
    method: "POST",
    path: "/tickets/:id/claim",
    access: "member",
    handle: async ({ actor, params }) => {
      await claimTicket(actor, params.id ?? "");
      return answerTicket(actor, params.id ?? "");
    },
  }),
  endpoint({
    method: "GET",
    path: "/tickets/:id/events",
    access: "member",
    handle: async ({ actor, params }) => ({ data: await listTicketEvents(actor, params.id ?? ""), nextCursor: null }),
  }),
];
