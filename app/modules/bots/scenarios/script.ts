import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";

export const MOST_STEPS = 100;
const MOST_TEXTS = 30;
/** A stubbed answer of the server, as JSON. */
const LONGEST_OUTPUT = 100_000;

const text = z.string().max(20_000);
const fact = z.boolean().default(true);
const value = z.json().refine((json) => JSON.stringify(json).length <= LONGEST_OUTPUT, "is too long");
const variables = z.record(z.string().min(1).max(100), value).default({});

const said = z.strictObject({
  text,
  /** What it offers to choose, as the customer sees it. */
  choices: z.array(text).max(MOST_TEXTS).default([]),
});

const expected = z.strictObject({
  says: z.array(said).max(MOST_TEXTS).default([]),
  /** How the conversation ends here, if it does. */
  ends: z.enum(["handed_over", "closed", "not_answered"]).nullable().default(null),
});

const answer = z.looseObject({
  kind: z.string().min(1).max(20),
  text: text.nullable(),
  payload: z.string().max(300).nullable(),
});

const step = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("say"), answer, expect: expected.prefault({}) }),
  z.strictObject({
    do: z.literal("wait"),
    seconds: z
      .number()
      .int()
      .min(1)
      .max(366 * 24 * 3600),
    expect: expected.prefault({}),
  }),
  z.strictObject({ do: z.literal("set"), path: z.string().min(1).max(200), value }),
  z.strictObject({
    do: z.literal("change"),
    facts: z.strictObject({ inHours: z.boolean(), anyoneAvailable: z.boolean(), returning: z.boolean() }).partial(),
  }),
]);

/** A scenario as it is kept: what holds around it, what the customer does, and what the bot must say to it. */
export const scriptSchema = z.strictObject({
  schema: z.literal(1),
  situation: z.strictObject({
    channel: z.enum(CHANNEL_KINDS),
    startsAt: z.iso.datetime(),
    chance: z.number().min(0).max(1).default(0.5),
    ref: z.string().max(200).nullable().default(null),
    ...{ inHours: fact, anyoneAvailable: fact, returning: z.boolean().default(false) },
    ...{ contact: variables, org: variables },
    timeZone: z.string().min(1).max(60).default("America/Asuncion"),
    region: z.string().length(2).default("PY"),
    stubs: z.record(z.string().min(1).max(300), z.array(value).max(50)).default({}),
  }),
  steps: z.array(step).min(1).max(MOST_STEPS),
});

export type Script = z.output<typeof scriptSchema>;
export type ScriptStep = Script["steps"][number];
export type Expected = z.output<typeof expected>;
