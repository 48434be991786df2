import { z } from "zod";
import { id, named } from "./named";

export const savedView = named(
  "SavedView",
  "A filter of the inbox under a name. `shared` is everybody's, kept by admins.",
  z.object({
    id,
    name: z.string(),
    filter: z.string().describe("The query string of the inbox's address, beginning with `?`"),
    shared: z.boolean(),
    position: z.int(),
  }),
);

export const countedView = named(
  "CountedView",
  "A saved filter with how many tickets it holds: 1000 means more than 999.",
  savedView.extend({
    count: z.int(),
    more: z.boolean().describe("Whether not all of a long history was looked through, so that there may be more"),
  }),
);
