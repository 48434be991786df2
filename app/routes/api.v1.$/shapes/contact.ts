import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
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
    blocked_at: time.nullable(),
    created_at: time,
    channels: z.array(z.object({ id, kind: z.enum(CHANNEL_KINDS) })),
  }),
);
