export { PRIORITIES } from "~db/schema/priority";
export type { ChatLink } from "./administration/links-of";
export {
  FILTER_PARTS,
  type FilterPart,
  type InboxFilter,
  type InboxReader,
  inboxFilterOf,
  inboxSearch,
  isDay,
  isInInbox,
  nameOfPart,
  WAITING_ON,
} from "./inbox-filter";
export { canMove } from "./lifecycle";
export { isBeyond } from "./lists/list-order";
export { addTicketEvents, applyToTickets, type LiveTickets, type TicketFrame } from "./live";
export { isOwn, type MessageDeed, type MessageReader, messageDeeds } from "./message-deeds";
export { type MessageRights, messageRights } from "./message-rights";
export { placeOf } from "./places/place-of";
export { type PolicyArea, type PolicyMember, type TicketRights, ticketRights } from "./policy";
export { CLOSING_REASONS, OWN_REASONS, UNDONE_WITHIN_MS } from "./reasons";
export type { SeenTicket } from "./steps/seen-ticket";
export type { NewNotice, Notice, Ticket, TicketEvent, TicketEventKind, TicketSummary } from "./ticket-view";
export { callsPeople, isUnreadAfter } from "./unread";
export { belongsTo, isTicketView, TICKET_VIEWS, type TicketViewName } from "./views";
