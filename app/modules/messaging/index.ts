export { LARGEST_NUMBER } from "./largest-number";
export {
  applyMissed,
  applyToThread,
  type ConversationFrame,
  KEPT_MESSAGES,
  type LiveThread,
  type LoadedPage,
  type MissedChanges,
  placeMessage,
  trimmed,
  withEarlier,
  withLater,
  withStretch,
} from "./live";
export type {
  Attachment,
  FirstFile,
  LastMessage,
  LinkPreview,
  Mention,
  Message,
  Notice,
  ShownChoice,
} from "./message-view";
export { conversationName, ticketsName, topics } from "./topics";
