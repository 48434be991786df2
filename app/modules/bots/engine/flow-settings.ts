import { z } from "zod";
import { defaultLanguage, languages } from "~/i18n/languages";

/** A month: a bot that waits longer than this has been forgotten. */
const LONGEST_WAIT_SECONDS = 30 * 24 * 3600;

export const waitSeconds = z.number().int().min(60).max(LONGEST_WAIT_SECONDS);

/** What holds for the whole flow; an asking node may set its own `maxInvalid` and `noAnswerAfterSeconds`. */
export const flowSettingsSchema = z.strictObject({
  language: z
    .enum(languages)
    .default(defaultLanguage)
    .meta({ description: "The language of what the bot says where the author wrote nothing." }),
  maxInvalid: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(2)
    .meta({ description: "The invalid answer that takes the else exit." }),
  noAnswerAfterSeconds: waitSeconds.default(24 * 3600),
  callable: z.boolean().default(false).meta({
    description: "Other flows call it: where its exits lead nowhere, it goes back to the one that called.",
  }),
  onSilence: z
    .enum(["close", "handoff"])
    .default("close")
    .meta({ description: "What becomes of the ticket when a no_answer exit leads nowhere." }),
  handoff: z
    .strictObject({
      area: z.string().min(1).max(100).nullable().default(null),
      message: z.string().min(1).max(4000).nullable().default(null),
    })
    .prefault({})
    .meta({ description: "The safe way: to whom a run goes whose exit leads nowhere, and what the customer is told." }),
});

export type FlowSettings = z.output<typeof flowSettingsSchema>;
