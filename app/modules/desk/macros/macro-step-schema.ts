import { z } from "zod";
import { PRIORITIES } from "~/modules/tickets";
import { LONGEST_REPLY } from "../replies/canned-reply";
import { LONGEST_MACRO_NOTE, type MacroStep, MOST_STEPS, SNOOZES } from "./macro-step";

const MOST_TAGS = 20;

const tags = z.array(z.string().trim().min(1).max(60)).min(1).max(MOST_TAGS);

/** One deed of a macro. Texts may name variables, as canned replies do. */
export const macroStep = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("reply"), text: z.string().trim().min(1).max(LONGEST_REPLY) }),
  z.strictObject({ do: z.literal("note"), text: z.string().trim().min(1).max(LONGEST_MACRO_NOTE) }),
  z.strictObject({ do: z.literal("add_tags"), tags }),
  z.strictObject({ do: z.literal("remove_tags"), tags }),
  z.strictObject({ do: z.literal("priority"), priority: z.enum(PRIORITIES) }),
  z.strictObject({ do: z.literal("take") }),
  z.strictObject({ do: z.literal("assign"), member_id: z.uuid() }),
  z.strictObject({ do: z.literal("return") }),
  z.strictObject({ do: z.literal("transfer"), area_id: z.uuid() }),
  z.strictObject({ do: z.literal("snooze"), until: z.enum(SNOOZES) }),
  z.strictObject({
    do: z.literal("close"),
    reason: z.string().trim().max(500).nullable(),
    ask_rating: z
      .boolean()
      .describe("Ask the customer how it was; refused where their channel lets nothing through")
      .optional(),
  }),
]);

export const macroSteps = z.array(macroStep).min(1).max(MOST_STEPS) satisfies z.ZodType<MacroStep[]>;
