import { z } from "zod";
import { listNotices, readNotices } from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { notice } from "../shapes/notice";

export const notices = [
  endpoint({
    method: "GET",
    path: "/notices",
    name: "listNotices",
    summary: "What the token's member is to know, the newest first.",
    access: "member",
    scope: "tickets:read",
    query: z.object(paging),
    answer: z.array(notice),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await listNotices(actor, orgId, query);
      return { data: page.notices, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/notices/read",
    name: "readNotices",
    summary:
      "Mark the member's notices of a ticket or of a webhook as read, or all of them; their other devices hear of it.",
    access: "member",
    scope: "tickets:read",
    body: z.strictObject({ ticket: z.uuid().optional(), webhook: z.uuid().optional() }),
    answer: z.object({ read: z.literal(true) }),
    handle: async ({ actor, orgId, body }) => {
      await readNotices(actor, orgId, { ticketId: body.ticket, webhookId: body.webhook });
      return { data: { read: true as const } };
    },
  }),
];
