/** For so long whoever closed a ticket can take it back as if nothing had been; longer than the offer stands on the screen. */
export const UNDONE_WITHIN_MS = 60_000;

/** The reasons that closing offers where the organisation has none of its own. */
export const CLOSING_REASONS = ["solved", "no_reply", "not_for_us", "spam"] as const;

/** Every reason that the product itself writes into a history; all others are words that a person wrote. */
export const OWN_REASONS: readonly string[] = [
  ...CLOSING_REASONS,
  ...[
    "erased",
    "closed",
    "close",
    "auto_close",
    "auto_return",
    "overflow",
    "went_away",
    "member_removed",
    "undone",
    "reply",
    "device_reply",
  ],
  ...[
    "handoff",
    "command",
    "invalid_answers",
    "no_answer",
    "missing_exit",
    "loop",
    "flow_error",
    "taken",
    "human_reply",
  ],
  ...["round_robin", "least_loaded", "sticky"],
];
