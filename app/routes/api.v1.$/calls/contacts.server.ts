import { z } from "zod";
import { getContact, listContacts } from "~/modules/tickets/index.server";
import { endpoint } from "../endpoint";
import { contact } from "../shapes/contact";
import { paging } from "./paging";

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
      q: z.string().max(200).describe("Part of a name, telephone or e-mail address").optional(),
    }),
    answer: z.array(contact),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const page = await listContacts(actor, orgId, query);
      return { data: page.contacts, nextCursor: page.nextCursor };
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
];
