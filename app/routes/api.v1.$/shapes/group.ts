import { z } from "zod";
import { id, named, time } from "./named";

export const group = named(
  "Group",
  "A group of the token's organisation in which its member takes part; its messages are those of the conversation of this id.",
  z.object({
    id,
    title: z.string(),
    picture_url: z.string().nullable(),
    people_count: z.int(),
    role: z.enum(["owner", "admin", "member"]),
    /** How many wait to be let in; 0 for who may not let them in. */
    asking: z.int(),
  }),
);

export const groupPerson = named(
  "GroupPerson",
  "Who takes part in a group: an account.",
  z.object({ id, name: z.string(), role: z.enum(["owner", "admin", "member"]) }),
);

export const groupInvite = named(
  "GroupInvite",
  "A link by which people come into a group. With `asks`, an admin decides about each.",
  z.object({ id, made_by: z.string(), asks: z.boolean(), created_at: time, expires_at: time.nullable() }),
);

export const madeInvite = named(
  "MadeGroupInvite",
  "A link that was made now. Its address is told here and never again.",
  z.object({ id, link: z.string(), asks: z.boolean(), expires_at: time.nullable() }),
);

export const joinRequest = named(
  "JoinRequest",
  "An account that asks to be let into a group.",
  z.object({ id, name: z.string(), asked_at: time }),
);

export const joining = named(
  "Joining",
  "What came of a link: in the group, or waiting for an admin's word.",
  z.object({ conversation_id: id, state: z.enum(["joined", "waits"]) }),
);

export const done = named("Done", "It is so now.", z.object({ done: z.literal(true) }));
