import { z } from "zod";

/** Keyset paging of every list: 50 a page unless asked, 100 at most. */
export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};
