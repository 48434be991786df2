import { z } from "zod";
import { named, time } from "./named";
import { ticket } from "./ticket";

export const feedEntry = named(
  "FeedEntry",
  "A ticket that changed or whose conversation grew, as it is now. `rev` is its conversation's number by now.",
  z.object({ event: z.literal("ticket.changed"), at: time, rev: z.int(), ticket }),
);
