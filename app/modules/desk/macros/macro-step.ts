import { z } from "zod";
import { PRIORITIES } from "~/modules/tickets";
import { LONGEST_REPLY } from "../replies/canned-reply";

/** The longest note that a macro leaves. */
export const LONGEST_MACRO_NOTE = 4_000;
export const MOST_STEPS = 20;
const MOST_TAGS = 20;

/** Until when a macro lets a ticket sleep, counted by the organisation's clock from when it runs. */
export const SNOOZES = ["hour", "tomorrow", "monday"] as const;

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
  z.strictObject({ do: z.literal("close"), reason: z.string().trim().max(500).nullable() }),
]);

export type MacroStep = z.infer<typeof macroStep>;
export type MacroDeed = MacroStep["do"];

/** In the order in which an editor offers them. */
export const MACRO_DEEDS = [
  "reply",
  "note",
  "add_tags",
  "remove_tags",
  "priority",
  "take",
  "assign",
  "return",
  "transfer",
  "snooze",
  "close",
] as const satisfies readonly MacroDeed[];

export const macroSteps = z.array(macroStep).min(1).max(MOST_STEPS);
