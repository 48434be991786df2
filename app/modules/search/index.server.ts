export { searchChats, searchConversation } from "./search-chats.server";
export { searchContacts } from "./search-contacts.server";
export { type FoundMessage, searchMessages } from "./search-messages.server";
export { searchTickets } from "./search-tickets.server";
