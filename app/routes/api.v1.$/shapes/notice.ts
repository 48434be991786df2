import { z } from "zod";
import { id, named, time } from "./named";

export const notice = named(
  "Notice",
  "Something that a member is to know of a ticket. `contact` is null where the ticket is out of their sight.",
  z.object({
    id,
    kind: z.enum(["assigned", "queued", "mentioned", "returned", "overflowed", "transferred"]),
    ticket_id: id,
    by: z.string().describe("Who caused it; empty for the clock"),
    reason: z.string().nullable(),
    others: z.int().describe("How many more of its kind it stands for: in a flood they have no notice of their own"),
    created_at: time,
    read_at: time.nullable(),
    number: z.int().nullable(),
    contact: z.string().nullable(),
  }),
);
