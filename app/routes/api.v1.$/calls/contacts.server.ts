import { z } from "zod";
import { listFields, listTags } from "~/modules/contacts/index.server";
import {
  beginExport,
  createContact,
  exportHeader,
  exportPage,
  getContact,
  listContacts,
  mergeContacts,
  undoMerge,
  updateContact,
} from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { contact, customField, tag } from "../shapes/contact";

const details = {
  phone: z
    .string()
    .max(60)
    .nullable()
    .describe("Stored as E.164; without a prefix, of the organisation's country")
    .optional(),
  email: z.string().max(254).nullable().optional(),
  notes: z.string().max(10_000).nullable().optional(),
  tags: z.array(z.string().min(1).max(60)).max(50).optional(),
  fields: z.record(z.string(), z.unknown()).describe("By key; null takes a value away").optional(),
};

const wrong = [
  "contact_name_invalid",
  "contact_phone_invalid",
  "contact_email_invalid",
  "contact_notes_too_long",
  "tag_name_invalid",
  "field_value_invalid",
] as const;

export const contacts = [
  endpoint({
    method: "GET",
    path: "/contacts",
    name: "listContacts",
    summary: "The customers whom the token's member sees, the newest first.",
    access: "member",
    scope: "contacts:read",
    query: z.object({
      ...paging,
      q: z.string().max(200).describe("Part of a name, telephone, e-mail address or tag").optional(),
    }),
    answer: z.array(contact),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await listContacts(actor, orgId, query);
      return { data: page.contacts, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/contacts",
    name: "createContact",
    summary: "A customer made by hand.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ name: z.string().max(200), ...details }),
    answer: contact,
    statuses: [201],
    refusals: { 422: wrong },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: await createContact(actor, orgId, { ...body, id: onceId }),
    }),
  }),
  endpoint({
    method: "GET",
    path: "/contacts/export",
    name: "exportContacts",
    summary: "All customers as lines of CSV, a page at a time; the first begins with the headings. For admins.",
    access: "member",
    scope: "contacts:read",
    query: z.object(paging),
    answer: z.array(z.string().describe("A piece of the file; put together they are it")),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const fields = await beginExport(actor, orgId, query.cursor);
      const { lines, nextCursor } = await exportPage(actor, orgId, fields, query);
      return { data: [query.cursor ? lines : exportHeader(fields) + lines], nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/contacts/merge",
    name: "mergeContacts",
    summary: "Make one customer of two: conversations and tickets of the second become the first's.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({
      kept_contact_id: z.uuid(),
      merged_contact_id: z.uuid(),
      choices: z
        .record(z.string(), z.enum(["kept", "merged"]))
        .describe("Whose value counts where both have one: by `name`, `phone`, `email`, `notes`, `fields.<key>`")
        .optional(),
    }),
    answer: z.object({ contact, merge_id: z.uuid() }),
    refusals: { 422: ["contact_into_itself"] },
    handle: async ({ actor, orgId, body }) => {
      const { kept_contact_id: keptId, merged_contact_id: mergedId, choices } = body;
      const { contact, mergeId } = await mergeContacts(actor, orgId, { keptId, mergedId, choices });
      return { data: { contact, merge_id: mergeId } };
    },
  }),
  endpoint({
    method: "POST",
    path: "/contacts/unmerge",
    name: "undoMerge",
    summary: "Part two customers that were made one; what was changed since stays, and is named.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ merge_id: z.uuid() }),
    answer: z.object({ kept: contact, parted: contact, changed_since: z.array(z.string()), stayed: z.number().int() }),
    refusals: { 409: ["merge_not_last", "contact_erased"] },
    handle: async ({ actor, orgId, body }) => {
      const { changedSince, ...undone } = await undoMerge(actor, orgId, body.merge_id);
      return { data: { ...undone, changed_since: changedSince } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/contacts/:id",
    name: "getContact",
    summary: "One customer.",
    access: "member",
    scope: "contacts:read",
    answer: contact,
    handle: async ({ actor, orgId, params }) => ({ data: await getContact(actor, orgId, params.id ?? "") }),
  }),
  endpoint({
    method: "PATCH",
    path: "/contacts/:id",
    name: "updateContact",
    summary: "Change what is known of a customer; what is not named stays.",
    access: "member",
    scope: "contacts:write",
    body: z.strictObject({ name: z.string().max(200).optional(), ...details, blocked: z.boolean().optional() }),
    answer: contact,
    refusals: { 422: wrong },
    handle: async ({ actor, orgId, params, body }) => ({
      data: await updateContact(actor, orgId, params.id ?? "", body),
    }),
  }),
  endpoint({
    method: "GET",
    path: "/custom-fields",
    name: "listCustomFields",
    summary: "The fields that the organisation added to contacts and tickets.",
    access: "member",
    scope: "contacts:read",
    answer: z.array(customField),
    handle: async ({ actor, orgId }) => ({
      data: await transact(actor, { orgId }, (ctx) => listFields(ctx, { orgId })),
      nextCursor: null,
    }),
  }),
  endpoint({
    method: "GET",
    path: "/tags",
    name: "listTags",
    summary: "The organisation's tags.",
    access: "member",
    scope: "contacts:read",
    answer: z.array(tag),
    handle: async ({ actor, orgId }) => ({
      data: await transact(actor, { orgId }, (ctx) => listTags(ctx, orgId)),
      nextCursor: null,
    }),
  }),
];
