import { z } from "zod";
import { id, named } from "./named";

export const sideThread = named(
  "SideThread",
  "A conversation with colleagues about a ticket, apart from its customer, in which the token's member takes part. Its messages are those of the conversation `id`.",
  z.object({ id, unread: z.int(), last: z.string().describe("Its last words; empty where there are none") }),
);
