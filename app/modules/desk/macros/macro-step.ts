import type { Priority } from "~db/schema/tickets";

/** The longest note that a macro leaves. */
export const LONGEST_MACRO_NOTE = 4_000;
export const MOST_STEPS = 20;

/** Until when a macro lets a ticket sleep, counted by the organisation's clock from when it runs. */
export const SNOOZES = ["hour", "tomorrow", "monday"] as const;

/** One deed of a macro. Texts may name variables, as canned replies do. */
export type MacroStep =
  | { do: "reply"; text: string }
  | { do: "note"; text: string }
  | { do: "add_tags"; tags: string[] }
  | { do: "remove_tags"; tags: string[] }
  | { do: "priority"; priority: Priority }
  | { do: "take" }
  | { do: "assign"; member_id: string }
  | { do: "return" }
  | { do: "transfer"; area_id: string }
  | { do: "snooze"; until: (typeof SNOOZES)[number] }
  /** `ask_rating`: its customer is asked how it was, as who closes a single ticket may ask. */
  | { do: "close"; reason: string | null; ask_rating?: boolean };

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
