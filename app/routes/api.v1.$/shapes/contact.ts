import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
import { TAG_COLOURS } from "~/modules/contacts";
import { id, named, time } from "./named";

export const contact = named(
  "Contact",
  "A customer as the organisation sees it, with the channels on which it is known.",
  z.object({
    id,
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    notes: z.string().nullable(),
    tags: z.array(z.string()),
    fields: z.record(z.string(), z.unknown()).describe("Values of the organisation's own fields by their key"),
    blocked_at: time.nullable(),
    created_at: time,
    channels: z.array(z.object({ id, kind: z.enum(CHANNEL_KINDS) })),
  }),
);

export const customField = named(
  "CustomField",
  "A field that an organisation added to its contacts or tickets.",
  z.object({
    id,
    subject: z.enum(["contact", "ticket"]),
    key: z.string(),
    label: z.string(),
    kind: z.enum(["text", "number", "date", "choice", "yes_no"]),
    options: z.array(z.string()),
    archived: z.boolean(),
  }),
);

export const tag = named(
  "Tag",
  "A word by which an organisation sorts contacts and tickets; they carry its name.",
  z.object({ id, name: z.string(), colour: z.enum(TAG_COLOURS) }),
);
