import type { AssignmentMode } from "~db/schema/accounts";

/** A member of the area who is there, with what they have open in all areas. */
export type Candidate = {
  memberId: string;
  /** The most open tickets that may be given to them. */
  cap: number;
  open: number;
  /** Of those, how many wait for them. */
  waiting: number;
  lastAssignedAt: Date | null;
};

export type Chosen = { memberId: string; reason: "sticky" | "round_robin" | "least_loaded" };

const since = ({ lastAssignedAt }: Candidate) => lastAssignedAt?.getTime() ?? Number.NEGATIVE_INFINITY;

type Order = (a: Candidate, b: Candidate) => number;
const longestIdle: Order = (a, b) => {
  const [first, second] = [since(a), since(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.memberId < b.memberId ? -1 : 1;
};
const ORDERS: Record<Exclude<AssignmentMode, "manual">, Order> = {
  round_robin: longestIdle,
  least_loaded: (a, b) => a.waiting - b.waiting || a.open - b.open || longestIdle(a, b),
};

/**
 * Whom a ticket is given to (R12), or null: nobody in an area that assigns by hand, nor to who has as much as they may, nor
 * to whom it came back from. `sticky` is the contact's agent of lately, who is asked first.
 */
export function chooseAgent(
  candidates: readonly Candidate[],
  mode: AssignmentMode,
  ticket: { skip: readonly string[]; sticky: string | null },
): Chosen | null {
  if (mode === "manual") return null;
  const eligible = candidates.filter(({ memberId, open, cap }) => open < cap && !ticket.skip.includes(memberId));
  if (eligible.some(({ memberId }) => memberId === ticket.sticky)) {
    return { memberId: ticket.sticky as string, reason: "sticky" };
  }
  const [first] = eligible.sort(ORDERS[mode]);
  return first ? { memberId: first.memberId, reason: mode } : null;
}
