export { LARGEST_NUMBER } from "./largest-number";
export {
  applyMissed,
  applyToThread,
  type ConversationFrame,
  type LiveThread,
  type MissedChanges,
  placeMessage,
} from "./live";
export type { Attachment, LastMessage, Message, Notice, ShownChoice } from "./message-view";
export { conversationName, ticketsName, topics } from "./topics";
