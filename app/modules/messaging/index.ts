export type { Attachment, LastMessage, Message, ShownChoice } from "./message-view";
export { conversationName, ticketsName, topics } from "./topics";
