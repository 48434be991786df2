export { type ExportFormat, exportTickets } from "./administration/export-tickets.server";
export { listLinks } from "./administration/list-links.server";
export { retireArea } from "./administration/retire-area.server";
export { forgetOlderDesk } from "./append/desk-memory.server";
export { assignQueues, assignWaiting } from "./assignment/assign-waiting.server";
export { returnTickets, returnWaiting } from "./assignment/return-tickets.server";
export { type Automation, type FlowStart, registerAutomation } from "./automation.server";
export { sweepDesk } from "./clock/sweep-desk.server";
export { listSideThreads, type SideThread } from "./collaboration/list-side-threads.server";
export { openSideThread } from "./collaboration/open-side-thread.server";
export { type Shared, shareTicket } from "./collaboration/share-ticket.server";
export { getSharedTicket, listTicketCards, type TicketCard } from "./collaboration/shared-tickets.server";
export { writeBotNote } from "./collaboration/write-bot-note.server";
export {
  beginExport,
  exportContacts,
  exportHeader,
  exportPage,
} from "./contact-files/export-contacts.server";
export { type ImportReport, importContacts } from "./contact-files/import-contacts.server";
export { importReport, listImports } from "./contact-files/read-imports.server";
export { createContact, updateContact } from "./contacts/change-contact.server";
export { tellContact } from "./contacts/contact-changed.server";
export { contactsInSight, requireContactsMember } from "./contacts/contact-sight.server";
export { type ContactPage, findMergedInto, getContactPage } from "./contacts/get-contact-page.server";
export { type HistoryPage, type HistoryTicket, listContactHistory } from "./contacts/list-contact-history.server";
export { mergeContacts, previewMerge } from "./contacts/merge-contacts.server";
export { retagRows } from "./contacts/retag-rows.server";
export { undoMerge } from "./contacts/undo-merge.server";
export { addUpCounts } from "./counts/add-up-counts.server";
export { countTickets } from "./counts/count-tickets.server";
export { changeText, pin, react, takeBack } from "./desk/change-message.server";
export { closeTicket } from "./desk/close-ticket.server";
export { type HandOver, handOver } from "./desk/hand-over.server";
export { requireMembership } from "./desk/load-for-member.server";
export { sendMessage } from "./desk/send-message.server";
export { type OutboundDraft, sendToCustomer } from "./desk/send-to-customer.server";
export { getTicketFields, setTicketFields, type TicketFields } from "./desk/set-ticket-fields.server";
export { undoClose } from "./desk/undo-close.server";
export { claimTicket, type TicketPatch, updateTicket } from "./desk/update-ticket.server";
export { eraseContact } from "./erasing/erase-contact.server";
export { proofLines } from "./erasing/erasure-proof.server";
export { type Erasure, getErasure, listErasures, requestErasure } from "./erasing/request-erasure.server";
export { fileDoors } from "./files/file-doors.server";
export { type ConversationFile, listConversationFiles } from "./files/list-conversation-files.server";
export { listConversationLinks, type MessageWithLinks } from "./files/list-conversation-links.server";
export { acceptWebhook } from "./inbound/accept-webhook.server";
export {
  getPublicOrganisation,
  openAccountConversation,
  openGuestConversation,
  type PublicOrganisation,
} from "./inbound/open-customer-conversation.server";
export { processWebhook } from "./inbound/process-webhook.server";
export { cancelScheduled, changeScheduled, sendScheduledNow } from "./later/change-scheduled.server";
export { listScheduled, type ScheduledMessage } from "./later/list-scheduled.server";
export { type Draft, getDraft, listDrafts } from "./later/read-drafts.server";
export { discardDraft, saveDraft } from "./later/save-draft.server";
export { scheduleMessage } from "./later/schedule-message.server";
export { sendScheduled } from "./later/send-scheduled.server";
export { listChannelNames } from "./lists/channels-in.server";
export { countUnread, type Unread } from "./lists/count-unread.server";
export { type FeedEntry, listFeed } from "./lists/list-feed.server";
export { listOpened, type Opened } from "./lists/list-opened.server";
export {
  countFilters,
  type FilterCount,
  type ListedTicket,
  listTickets,
  listTicketsIn,
  MOST_COUNTED,
  type TicketPage,
} from "./lists/list-tickets.server";
export { pickTickets } from "./lists/pick-tickets.server";
export { type Contact, getContact, listContacts, showContacts } from "./lists/read-contacts.server";
export type { TicketFilter } from "./lists/ticket-filter.server";
export { startOf } from "./lists/ticket-filter.server";
export { isReadFrom, sightOfMember, visibleTo } from "./lists/visible-to.server";
export { chatsInSight } from "./marks/chats-in-sight.server";
export { type Forwarded, forwardMessage } from "./marks/forward-message.server";
export { getReaders, type Reader, type Readers } from "./marks/get-readers.server";
export { type ForwardTarget, listForwardTargets } from "./marks/list-forward-targets.server";
export { getPinned } from "./marks/list-pins.server";
export { listStarred, type Starred } from "./marks/list-starred.server";
export { markOwn } from "./marks/mark-own.server";
export { cursorOf, type Place, placeOf as placeOfCursor } from "./marks/message-place";
export { placeMessages } from "./marks/place-messages.server";
export { notifyAdmins } from "./notices/notify.server";
export { countNotices, listNotices, type NoticePage, readNotices } from "./notices/read-notices.server";
export { askRating } from "./rating/ask-rating.server";
export { accessConversation, type ConversationAccess } from "./reading/conversation-access.server";
export {
  currentCursor,
  type MovedConversation,
  type MovedTicket,
  movedSince,
  parseCursor,
} from "./reading/feed.server";
export { findLiveTicket } from "./reading/find-tickets.server";
export { getInbox } from "./reading/get-inbox.server";
export { getTicketDesk } from "./reading/get-ticket-desk.server";
export { feedCursor, joinTopic } from "./reading/join-topic.server";
export { type AccountChat, listAccountChats } from "./reading/list-account-chats.server";
export { type ConversationSummary, getConversation, listConversations } from "./reading/list-conversations.server";
export { listHeads } from "./reading/list-heads.server";
export {
  type ChangePage,
  getThread,
  listConversationChanges,
  listConversationMessages,
  markRead,
  type Thread,
} from "./reading/read-conversation.server";
export {
  getTicket,
  listAreas,
  listAssignees,
  listTicketEvents,
} from "./reading/read-tickets.server";
export { requireReader } from "./reading/require-reader.server";
export type { TicketRow } from "./reading/summarise.server";
export { runSteps, type TicketStep } from "./steps/run-steps.server";
export { changeTicket, type TicketContext, ticketVerb } from "./ticket-context.server";
