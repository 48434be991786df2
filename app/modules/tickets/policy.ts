import type { AreaVisibility, ReplyMode, Role } from "~db/schema/accounts";
import type { TicketState } from "~db/schema/tickets";

/** What one member may do with one ticket (R10, R11). */
export type TicketRights = {
  see: boolean;
  /** Write to the customer. */
  reply: boolean;
  /** Write for colleagues. */
  note: boolean;
  /** Take it for oneself. */
  claim: boolean;
  /** Change area, assignee, priority, tags; hand it to a colleague. */
  manage: boolean;
  close: boolean;
  reopen: boolean;
};

export type PolicyMember = { memberId: string; role: Role; areaIds: readonly string[] };
export type PolicyArea = { id: string; visibility: AreaVisibility; replyMode: ReplyMode };
export type PolicyTicket = { state: TicketState; assigneeId: string | null };

const NOTHING: TicketRights = {
  see: false,
  reply: false,
  note: false,
  claim: false,
  manage: false,
  close: false,
  reopen: false,
};

const CALLED: TicketRights = { ...NOTHING, see: true, note: true };

/** Whether a member sees the tickets of an area, whoever has them (R10). */
export function seesArea(member: PolicyMember, area: PolicyArea): boolean {
  if (member.areaIds.includes(area.id)) return true;
  if (area.visibility === "private") return false;
  return area.visibility === "open" || member.role === "admin";
}

/**
 * The one permission function of tickets: lists, pages, sockets, search and API all ask it.
 * @param called whether a note called the member into it (R16), who then reads and leaves notes, and no more
 */
export function ticketRights(
  member: PolicyMember | undefined,
  ticket: PolicyTicket,
  area: PolicyArea,
  called: boolean,
): TicketRights {
  if (!member) return NOTHING;
  const mine = ticket.assigneeId === member.memberId;
  if (!mine && !seesArea(member, area)) return called ? CALLED : NOTHING;
  const admin = member.role === "admin";
  const live = ticket.state !== "closed";
  const free = live && ticket.assigneeId === null;
  const inArea = admin || member.areaIds.includes(area.id);
  const manage = admin || mine;
  return {
    see: true,
    note: true,
    reply: !live ? inArea : mayReply(area.replyMode, mine),
    claim: live && !mine && (admin || (free && inArea)),
    manage: live && manage,
    close: live && manage,
    reopen: !live && inArea,
  };
}

/**
 * From which number on a member reads a conversation, whose newest ticket may have been handed on without its history
 * (R10); 0 for all of it.
 */
export const readsFrom = (
  member: Pick<PolicyMember, "role">,
  ticket: { historyFromSeq: number | null } | null | undefined,
): number => (member.role === "admin" ? 0 : (ticket?.historyFromSeq ?? 0));

/** In a `claim` area replying takes an unassigned ticket; in the others it must be taken or given first. */
const mayReply = (mode: ReplyMode, mine: boolean) => mine || mode === "claim";
