import type { NoticeKind } from "~db/schema/notices";

/** What a member is told of tickets, in the order in which it is chosen. */
export const NOTICE_KINDS = ["assigned", "transferred", "mentioned", "queued", "returned", "overflowed"] as const;

/** Which notices are said aloud, and when none is; all of them stand in the list whatever is chosen. */
export type NoticeChoice = {
  loud: (typeof NOTICE_KINDS)[number][];
  /** From and to as `HH:MM` of the organisation's clock, also past midnight; null never. */
  quiet: { from: string; to: string } | null;
};

/** Where nobody chose. */
export const ALL_LOUD: NoticeChoice = { loud: [...NOTICE_KINDS], quiet: null };

/** Whether a kind of notice is said aloud: of tickets what was chosen; that a webhook is off is rare, and always said. */
export const isLoud = ({ loud }: NoticeChoice, kind: NoticeKind): boolean => {
  const chosen = NOTICE_KINDS.find((one) => one === kind);
  return chosen === undefined || loud.includes(chosen);
};

/** Whether it is a time at which nothing is to be said aloud. */
export function isQuietAt({ quiet }: NoticeChoice, now: Date, timeZone: string): boolean {
  if (!quiet) return false;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const time = clock.format(now);
  const { from, to } = quiet;
  return from < to ? from <= time && time < to : time >= from || time < to;
}
