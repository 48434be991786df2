import { z } from "zod";
import { listFeed } from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { feedEntry } from "../shapes/feed-entry";

export const feed = [
  endpoint({
    method: "GET",
    path: "/feed",
    name: "listFeed",
    summary:
      "What changed in the organisation's tickets after a place of the feed. Ask again with `after` set to " +
      "`next_cursor`; when that comes back as it was, there is nothing new.",
    access: "member",
    scope: "tickets:read",
    query: z.object({
      after: z
        .string()
        .max(40)
        .default("0")
        .describe(
          "A `next_cursor`; `0` for the oldest that is kept (30 days); `now` for the present place, without data",
        ),
      limit: paging.limit,
    }),
    answer: z.array(feedEntry),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await listFeed(actor, orgId, query);
      return { data: page.entries, nextCursor: page.nextCursor };
    },
  }),
];
