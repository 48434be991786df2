import { z } from "zod";
import { archiveField, changeField, createField, moveField } from "~/modules/contacts/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { customField } from "../../shapes/contact";
import { done } from "../../shapes/group";

const label = z.string().max(200);
const options = z.array(z.string().max(200)).max(200).describe("Of a choice: what may be chosen");
const wrong = ["field_label_invalid", "field_options_invalid"] as const;

export const customFields = [
  endpoint({
    method: "POST",
    path: "/custom-fields",
    name: "createCustomField",
    summary: "Add a field to the organisation's contacts or tickets. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({
      subject: z.enum(["contact", "ticket"]),
      label,
      kind: z.enum(["text", "number", "date", "choice", "yes_no"]),
      options: options.default([]),
    }),
    answer: customField,
    statuses: [201],
    refusals: { 422: [...wrong, "too_many_fields"] },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: await transact(actor, { orgId }, (ctx) => createField(ctx, { id: onceId, orgId, ...body })),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/custom-fields/:id",
    name: "updateCustomField",
    summary: "Rename a field, change what may be chosen, or put it away or back; its key and kind stay. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ label: label.optional(), options: options.optional(), archived: z.boolean().optional() }),
    answer: customField,
    refusals: { 422: wrong },
    handle: async ({ actor, orgId, params, body }) => {
      const { archived, ...words } = body;
      const named = { orgId, fieldId: params.id ?? "" };
      const data = await transact(actor, { orgId }, async (ctx) => {
        const changed = await changeField(ctx, { ...named, ...words });
        return archived === undefined || archived === changed.archived
          ? changed
          : archiveField(ctx, { ...named, archived });
      });
      return { data };
    },
  }),
  endpoint({
    method: "POST",
    path: "/custom-fields/:id/move",
    name: "moveCustomField",
    summary: "Move a field one place up or down among those of its kind that are in use. For admins.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ way: z.enum(["up", "down"]) }),
    answer: done,
    handle: async ({ actor, orgId, params, body }) => {
      const by = body.way === "up" ? -1 : 1;
      await transact(actor, { orgId }, (ctx) => moveField(ctx, { orgId, fieldId: params.id ?? "", by }));
      return { data: { done: true as const } };
    },
  }),
];
