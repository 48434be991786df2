import { z } from "zod";
import { message } from "./message";
import { id, idAndName, named, time } from "./named";

export const marks = named(
  "Marks",
  "What the token's member has done with a message for themselves.",
  z.object({ starred: z.boolean(), hidden: z.boolean() }),
);

export const readers = named(
  "Readers",
  "Who has read a message, the latest first, and who takes part and has not. `at` is when they came to where they stand " +
    "now: they had read the message by then.",
  z.object({ read: z.array(z.object({ id, name: z.string(), at: time })), unread: z.array(idAndName) }),
);

export const forwarded = named(
  "Forwarded",
  "What came of passing a message on to one conversation: the message there, or the code of why not.",
  z.object({ conversation: id, message: message.nullable(), code: z.string().nullable() }),
);
