export { canMove } from "./lifecycle";
export { type PolicyArea, type PolicyMember, type TicketRights, ticketRights } from "./policy";
export type { Ticket, TicketEvent, TicketEventKind, TicketSummary } from "./ticket-view";
