import type { TicketState, WaitingOn } from "~db/schema/tickets";
import type { TicketEventKind } from "./ticket-view";

/** A message that is older than this when it arrives is late: it never reopens and never wakes a bot (R1). */
export const LATE_AFTER_MS = 24 * 3600_000;
/** How long after the closing thanks are only thanks, and how long such a text may be (R2). */
export const THANKS_WITHIN_MS = 30 * 60_000;
export const THANKS_LENGTH = 25;
/** How long a rating that was asked is waited for (R2). */
export const RATING_WITHIN_MS = 24 * 3600_000;

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
  last: {
    closedForMs: number;
    humanReplied: boolean;
    /** How long ago its customer was asked to rate it, by the customer's clock; null if never. */
    askedForMs: number | null;
  } | null;
  /** What the message says if it answers that; null for everything else. */
  rating: number | null;
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
  /** An answer to a rating that was asked: joins the closed ticket. */
  | { act: "rate"; rating: number }
  | { act: "reopen"; to: "open" | "bot" }
  | { act: "open"; late: boolean };

const answersRating = (askedForMs: number | null | undefined) =>
  typeof askedForMs === "number" && askedForMs >= 0 && askedForMs <= RATING_WITHIN_MS;

export const isLate = (sentAt: Date, now: Date) => now.getTime() - sentAt.getTime() > LATE_AFTER_MS;

/** What a customer's message does (R1 to R3). `reopen to bot` becomes open where no flow is published. */
export function decideInbound(s: InboundSituation): InboundDecision {
  const late = isLate(s.sentAt, s.now);
  if (s.blocked) return { act: "store" };
  if (s.live) return { act: "append", late };
  if (s.rating !== null && answersRating(s.last?.askedForMs)) return { act: "rate", rating: s.rating };
  if (late) return { act: "open", late: true };
  if (s.last && s.last.closedForMs <= THANKS_WITHIN_MS && isThanks(s.text, s.closingList)) return { act: "thank" };
  if (s.last && s.last.closedForMs <= s.reopenHours * 3600_000) {
    return { act: "reopen", to: s.last.humanReplied ? "open" : "bot" };
  }
  return { act: "open", late: false };
}

export type MoveBy = "customer" | "member" | "bot" | "system";

/** What a move asks of the ticket as it stands before. */
export type MoveGuard = (ticket: { waitingOn: WaitingOn; snoozedUntil: Date | null }, now: Date) => boolean;

export type Transition = {
  from: TicketState | "none";
  to: TicketState;
  /** What is written in the ticket's history. */
  deed: TicketEventKind;
  by: readonly MoveBy[];
  guard?: MoveGuard;
};

const anybody: readonly MoveBy[] = ["customer", "member", "bot", "system"];
const people: readonly MoveBy[] = ["member", "system"];

/** R7: never while it is the agent's turn, nor snoozed. */
const waitsForCustomer: MoveGuard = ({ waitingOn, snoozedUntil }, now) =>
  waitingOn === "customer" && (snoozedUntil === null || snoozedUntil <= now);

/**
 * Every line that a ticket's history may get, and the move that it makes: what is not here cannot be written
 * (`changeTicket`). Whether this member may is `ticketRights`, whether the flow is published the verb's to ask.
 */
export const TRANSITIONS: readonly Transition[] = [
  { from: "none", to: "bot", deed: "opened", by: ["customer"] },
  { from: "none", to: "open", deed: "opened", by: ["customer", "member"] },
  { from: "bot", to: "open", deed: "handed_over", by: ["bot", "member", "system"] },
  { from: "bot", to: "bot", deed: "changed", by: anybody },
  { from: "bot", to: "bot", deed: "transferred", by: people },
  { from: "bot", to: "bot", deed: "woken", by: ["system"] },
  { from: "bot", to: "closed", deed: "closed", by: ["bot", "member"] },
  { from: "open", to: "open", deed: "claimed", by: ["member"] },
  { from: "open", to: "open", deed: "assigned", by: people },
  { from: "open", to: "open", deed: "returned", by: people },
  { from: "open", to: "open", deed: "transferred", by: people },
  { from: "open", to: "open", deed: "changed", by: anybody },
  { from: "open", to: "open", deed: "woken", by: ["system"] },
  { from: "open", to: "bot", deed: "sent_to_bot", by: ["member"] },
  { from: "open", to: "closed", deed: "closed", by: ["member"] },
  { from: "open", to: "closed", deed: "closed", by: ["system"], guard: waitsForCustomer },
  { from: "closed", to: "open", deed: "reopened", by: ["customer", "member"] },
  { from: "closed", to: "bot", deed: "reopened", by: ["customer"] },
  { from: "closed", to: "closed", deed: "rated", by: ["customer"] },
];

/** The row of the table that allows a move, if there is one; its guard is the caller's to ask. */
export const transitionOf = (
  from: TicketState | "none",
  to: TicketState,
  deed: TicketEventKind,
  by: MoveBy,
): Transition | undefined =>
  TRANSITIONS.find((row) => row.from === from && row.to === to && row.deed === deed && row.by.includes(by));

/** Whether a member may ask for a state at all. */
export const canMove = (from: TicketState, to: TicketState): boolean =>
  TRANSITIONS.some((row) => row.from === from && row.to === to && row.by.includes("member"));
