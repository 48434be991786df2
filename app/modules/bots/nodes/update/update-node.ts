import { z } from "zod";
import { defineNode } from "../define-node";
import { areaReference, priority, tagName } from "../fields";

const tags = z.array(tagName).max(20).default([]).meta({ "x-control": "list" });

const settings = z.strictObject({
  contact: z
    .array(
      z.strictObject({
        field: z
          .string()
          .regex(/^[a-z][a-z0-9_]{0,39}$/, "must be a lower-case name such as city")
          .meta({
            description: "name, email, phone, a field of the organisation, or a name of one's own (contact.*).",
          }),
        value: z
          .string()
          .max(1000)
          .default("")
          .meta({ description: "Empty takes the value away.", "x-control": "text" }),
      }),
    )
    .max(20)
    .default([])
    .meta({ "x-control": "list" }),
  contactTagsAdd: tags,
  contactTagsRemove: tags,
  tagsAdd: tags.meta({ description: "Of the ticket." }),
  tagsRemove: tags.meta({ description: "Of the ticket." }),
  priority: priority.nullable().default(null).meta({ description: "Null: as it is." }),
  area: areaReference.nullable().default(null).meta({ description: "Null: as it is." }),
});

/** Changes what is known of the contact, and the ticket. */
export const updateNode = defineNode(settings, {
  family: "do",
  initial: () => ({}),
  waits: false,
  exits: () => [{ id: "next", fallback: false }],
  enter(node, ctx) {
    const contact = Object.fromEntries(node.contact.map(({ field, value }) => [field, ctx.fill(value).trim()]));
    return {
      update: {
        contact,
        contactTags: { add: node.contactTagsAdd, remove: node.contactTagsRemove },
        tags: { add: node.tagsAdd, remove: node.tagsRemove },
        priority: node.priority,
        area: node.area,
      },
      detail: { contact, priority: node.priority, area: node.area },
      next: { do: "leave", exit: "next" },
    };
  },
  mapReferences: (node, replace) => ({
    ...node,
    area: node.area === null ? null : replace({ kind: "area", value: node.area }),
  }),
  texts: (node) => node.contact.map(({ value }) => value),
});
