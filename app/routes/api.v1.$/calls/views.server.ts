import { z } from "zod";
import { createView, deleteView, listViews, updateView } from "~/modules/desk/index.server";
import { endpoint } from "../endpoint";
import { countedView, savedView } from "../shapes/view";

const name = z.string().min(1).max(60);
const filter = z
  .string()
  .max(2_000)
  .describe("The query string of the inbox's address; what it does not know is left out");
const position = z.number().int().min(0).max(1_000).describe("Its place among those beside it, from 0");

export const views = [
  endpoint({
    method: "GET",
    path: "/views",
    name: "listViews",
    summary:
      "The filters that the token's member keeps and those that are everybody's, each with how many tickets it holds.",
    access: "member",
    scope: "tickets:read",
    answer: z.array(countedView),
    handle: async ({ actor, orgId }) => ({ data: await listViews(actor, orgId), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/views",
    name: "createView",
    summary: "Keep a filter of the inbox under a name; by an admin also for everybody.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({ name, filter, shared: z.boolean().optional(), position: position.optional() }),
    answer: savedView,
    statuses: [201],
    refusals: { 409: ["too_many_views"], 422: ["view_name_invalid"] },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: await createView(actor, orgId, body, onceId),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/views/:id",
    name: "updateView",
    summary: "Rename a saved filter, change it, or move it. What is not named stays.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({ name: name.optional(), filter: filter.optional(), position: position.optional() }),
    answer: savedView,
    refusals: { 422: ["view_name_invalid"] },
    handle: async ({ actor, orgId, params, body }) => ({ data: await updateView(actor, orgId, params.id ?? "", body) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/views/:id",
    name: "deleteView",
    summary: "Forget a saved filter; the answer says what it was.",
    access: "member",
    scope: "tickets:write",
    answer: savedView,
    handle: async ({ actor, orgId, params }) => ({ data: await deleteView(actor, orgId, params.id ?? "") }),
  }),
];
