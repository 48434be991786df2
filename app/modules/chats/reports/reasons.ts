import type { ReportReason } from "~db/schema/chats";

export const REPORT_REASONS = ["spam", "abuse", "fraud", "other"] as const satisfies readonly ReportReason[];

/** The longest note of a report, in characters. */
export const NOTE_LIMIT = 1_000;
