import { z } from "zod";
import { id, named, time } from "../named";

const known = {
  id,
  name: z.string(),
  revision: z.int().describe("Of the draft; grows with every change"),
  published_version_id: id.nullable(),
  created_at: time,
  updated_at: time,
};

export const flowListed = named(
  "FlowListed",
  "A bot's flow, as lists show it.",
  z.object({
    id,
    name: z.string(),
    state: z.enum(["draft", "published", "changed"]).describe("`changed`: its draft was changed since"),
    version: z.int().nullable().describe("The number of the published version"),
    channel_ids: z.array(id).describe("On which it answers first"),
    runs: z.int().describe("Begun in the last 30 days"),
    archived: z.boolean(),
  }),
);

export const flow = named(
  "Flow",
  "A bot's flow with its draft, whose form docs/flow.schema.json describes.",
  z.object({ ...known, draft: z.record(z.string(), z.unknown()) }),
);

export const flowSaved = named(
  "FlowSaved",
  "A flow whose draft was kept, and the revision to go on from.",
  z.object({ id, revision: z.int() }),
);

export const flowPublished = named("FlowPublished", "A version that runs now.", z.object({ id, number: z.int() }));

export const flowVersion = named(
  "FlowVersion",
  "A numbered state of a flow that was published; runs stay on the one that they began with.",
  z.object({
    id,
    number: z.int(),
    name: z.string(),
    author: z.string().nullable(),
    at: time,
    published: z.boolean().describe("New runs take it"),
    runs: z.int().describe("Begun in the last 30 days"),
  }),
);

export const flowVersionRead = named(
  "FlowVersionRead",
  "What a version says.",
  z.object({ number: z.int(), name: z.string(), definition: z.record(z.string(), z.unknown()) }),
);

export const flowProblem = named(
  "FlowProblem",
  "What is wrong with a draft; errors forbid publishing.",
  z.object({
    rule: z.string().describe("`incomplete`: something is missing"),
    severity: z.enum(["error", "warning"]),
    node: z.string().nullable(),
    message: z.string(),
  }),
);
