export { acceptWebhook } from "./accept-webhook.server";
export { type Automation, type FlowStart, registerAutomation } from "./automation.server";
export { closeTicket } from "./close-ticket.server";
export { accessConversation, type ConversationAccess } from "./conversation-access.server";
export { currentCursor, type MovedConversation, type MovedTicket, movedSince } from "./feed.server";
export { findLiveTicket } from "./find-tickets.server";
export { getInbox } from "./get-inbox.server";
export { getTicketDesk } from "./get-ticket-desk.server";
export { type HandOver, handOver } from "./hand-over.server";
export { joinTopic } from "./join-topic.server";
export { type AccountChat, listAccountChats } from "./list-account-chats.server";
export { type ConversationSummary, getConversation, listConversations } from "./list-conversations.server";
export {
  getPublicOrganisation,
  openAccountConversation,
  openGuestConversation,
  type PublicOrganisation,
} from "./open-customer-conversation.server";
export { processWebhook } from "./process-webhook.server";
export {
  type ChangePage,
  getThread,
  listConversationChanges,
  listConversationMessages,
  markRead,
  type Thread,
} from "./read-conversation.server";
export {
  countTickets,
  getTicket,
  listAreas,
  listAssignees,
  listTicketEvents,
  listTickets,
  type TicketFilter,
} from "./read-tickets.server";
export { requireReader } from "./require-reader.server";
export { returnTickets } from "./return-tickets.server";
export { sendMessage } from "./send-message.server";
export { type OutboundDraft, sendToCustomer } from "./send-to-customer.server";
export type { TicketRow } from "./summarise.server";
export { changeTicket, type TicketContext, ticketVerb } from "./ticket-context.server";
export { claimTicket, type TicketPatch, updateTicket } from "./update-ticket.server";
