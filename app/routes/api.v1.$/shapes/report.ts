import { z } from "zod";
import { GROUPS } from "~/modules/reports";
import { named, time } from "./named";

const measure = named(
  "Measure",
  "How many there were; of lengths of time their average and median in seconds, of ratings the average from 1 to 5.",
  z.object({ count: z.int(), average: z.number().nullable(), median: z.number().nullable() }),
);
const values = z.record(z.string(), measure);

export const report = named(
  "Report",
  "One report. A row's `key` is an id, a tag or a time of the organisation's clock, `-` where what happened has none.",
  z.object({
    name: z.string(),
    group: z.enum(GROUPS),
    from: z.string(),
    to: z.string(),
    metrics: z.array(z.string()).readonly(),
    rows: z.array(z.object({ key: z.string(), name: z.string(), values })),
    total: values,
  }),
);

export const board = named(
  "Board",
  "How the desk stands now. `oldest` is since when the one who waits longest in an area's queue does.",
  z.object({
    areas: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        bot: z.int(),
        queue: z.int(),
        waiting: z.int(),
        answered: z.int(),
        snoozed: z.int(),
        oldest: time.nullable(),
        wait_limit_minutes: z.int(),
      }),
    ),
    members: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        availability: z.enum(["available", "away"]),
        areas: z.array(z.string()),
        open: z.int(),
        waiting: z.int(),
        cap: z.int().nullable(),
      }),
    ),
  }),
);
