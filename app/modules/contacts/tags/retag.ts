import { z } from "zod";

/**
 * Gives what carries a tag its other name, in bounded batches; without `to` it is taken away. The words are the catalogue's own:
 * the row that held the old one is gone by then.
 */
export const retag = {
  name: "contacts.retag",
  lane: "report",
  payload: z.strictObject({
    orgId: z.uuid(),
    from: z.string(),
    to: z.string().nullable(),
    by: z.strictObject({ id: z.uuid(), name: z.string() }),
  }),
} as const;

export type Retagging = z.output<typeof retag.payload>;
