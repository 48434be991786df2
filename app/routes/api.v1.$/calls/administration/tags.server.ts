import { z } from "zod";
import { TAG_COLOURS } from "~/modules/contacts";
import { changeTag, createTag, deleteTag, mergeTags } from "~/modules/contacts/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { tag } from "../../shapes/contact";

const name = z.string().max(200);
const colour = z.enum(TAG_COLOURS);

export const tags = [
  endpoint({
    method: "POST",
    path: "/tags",
    name: "createTag",
    summary: "Make a tag. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ name, colour: colour.default("grey") }),
    answer: tag,
    statuses: [201],
    refusals: { 409: ["tag_name_taken"], 422: ["tag_name_invalid", "too_many_tags"] },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: await transact(actor, { orgId }, (ctx) => createTag(ctx, { id: onceId, orgId, ...body })),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/tags/:id",
    name: "updateTag",
    summary: "Rename or recolour a tag; what carries it gets the name soon after. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ name: name.optional(), colour: colour.optional() }),
    answer: tag,
    refusals: { 409: ["tag_name_taken"], 422: ["tag_name_invalid"] },
    handle: async ({ actor, orgId, params, body }) => ({
      data: await transact(actor, { orgId }, (ctx) => changeTag(ctx, { orgId, tagId: params.id ?? "", ...body })),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/tags/:id/merge",
    name: "mergeTags",
    summary: "Make one tag of two: what carries this one carries the other soon after. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ into_id: z.uuid() }),
    answer: tag,
    refusals: { 422: ["tag_into_itself"] },
    handle: async ({ actor, orgId, params, body }) => {
      const input = { orgId, tagId: params.id ?? "", intoId: body.into_id };
      return { data: await transact(actor, { orgId }, (ctx) => mergeTags(ctx, input)) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/tags/:id",
    name: "deleteTag",
    summary: "Take a tag away, from all that carries it too. For admins.",
    access: "member",
    scope: "contacts:write",
    answer: tag,
    handle: async ({ actor, orgId, params }) => ({
      data: await transact(actor, { orgId }, (ctx) => deleteTag(ctx, { orgId, tagId: params.id ?? "" })),
    }),
  }),
];
