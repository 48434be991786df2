import type { Role } from "~db/schema/accounts";

/** What ties a contact to the one who asks: whether it has tickets at all, and one that they may see (R10). */
export type ContactTies = { hasTickets: boolean; seesTicket: boolean };

/** What one member may do with one contact. */
export type ContactRights = {
  see: boolean;
  /** Change what is known of it, block it, make two one. */
  change: boolean;
  /** Delete the person's data. */
  erase: boolean;
};

/**
 * A contact's notes and telephone are as private as what it wrote: an agent sees those that have a ticket in their sight, and
 * those that have none, which are nobody's yet; an admin sees all. Lists ask the same in SQL (`contactsInSight`).
 */
export function contactRights(role: Role, ties: ContactTies): ContactRights {
  const admin = role === "admin";
  const see = admin || ties.seesTicket || !ties.hasTickets;
  return { see, change: see, erase: admin };
}
