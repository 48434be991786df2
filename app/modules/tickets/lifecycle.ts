import type { TicketState } from "~db/schema/tickets";

/** A message that is older than this when it arrives is late: it never reopens and never wakes a bot (R1). */
export const LATE_AFTER_MS = 24 * 3600_000;
/** How long after the closing thanks are only thanks, and how long such a text may be (R2). */
export const THANKS_WITHIN_MS = 30 * 60_000;
export const THANKS_LENGTH = 25;

/** Lower case, without accents, punctuation at the ends, or repeated spaces. */
export function normaliseText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^[\s.,!¡¿?;:()]+|[\s.,!¡¿?;:()]+$/g, "");
}

export function isThanks(text: string, closingList: readonly string[] | null): boolean {
  if ([...text.trim()].length > THANKS_LENGTH) return false;
  const wanted = normaliseText(text);
  return wanted !== "" && (closingList ?? []).some((entry) => normaliseText(entry) === wanted);
}

export type InboundSituation = {
  now: Date;
  /** The customer's clock. */
  sentAt: Date;
  text: string;
  blocked: boolean;
  live: { state: TicketState } | null;
  last: { closedAt: Date; closedForMs: number; humanReplied: boolean } | null;
  reopenHours: number;
  /** Null: the guard is off. */
  closingList: readonly string[] | null;
};

export type InboundDecision =
  /** A blocked contact: kept, nothing happens. */
  | { act: "store" }
  | { act: "append"; late: boolean }
  /** Thanks after the closing: joins the closed ticket, flagged. */
  | { act: "thank" }
  | { act: "reopen"; to: "open" | "bot" }
  | { act: "open"; late: boolean };

export const isLate = (sentAt: Date, now: Date) => now.getTime() - sentAt.getTime() > LATE_AFTER_MS;

/** What a customer's message does (R1 to R3). `reopen to bot` becomes open where no flow is published. */
export function decideInbound(s: InboundSituation): InboundDecision {
  const late = isLate(s.sentAt, s.now);
  if (s.blocked) return { act: "store" };
  if (s.live) return { act: "append", late };
  if (late) return { act: "open", late: true };
  if (s.last && s.last.closedForMs <= THANKS_WITHIN_MS && isThanks(s.text, s.closingList)) return { act: "thank" };
  if (s.last && s.last.closedForMs <= s.reopenHours * 3600_000) {
    return { act: "reopen", to: s.last.humanReplied ? "open" : "bot" };
  }
  return { act: "open", late: false };
}

/** The moves that exist; everything else is refused. */
export const TRANSITIONS: Readonly<Record<TicketState, readonly TicketState[]>> = {
  bot: ["open", "closed"],
  open: ["open", "bot", "closed"],
  closed: ["open", "bot"],
};

export const canMove = (from: TicketState, to: TicketState) => TRANSITIONS[from].includes(to);
