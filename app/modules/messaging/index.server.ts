export {
  type Appended,
  appendMessage,
  findRepeat,
  lockConversation,
  type MessageDraft,
  requireReplyTarget,
} from "./append-message.server";
export { applyDelivery, applyParked, applyProviderStatus } from "./apply-delivery.server";
export { type Changer, deleteMessage, editMessage, reactToMessage } from "./change-message.server";
export { deliverOutbox } from "./deliver-outbox.server";
export { messageCreated, messageDeleted, messageEdited } from "./events";
export { markReadByAccount, markReadByCustomer } from "./mark-read.server";
export { askForPreviews, previewMessage } from "./previews/preview-message.server";
export {
  type Audience,
  type Change,
  listChanges,
  listMessages,
  type MessagePage,
  type PageAsked,
} from "./read-messages.server";
export { insertChange, recordChange } from "./record-change.server";
export { type ConversationRow, type MessageRow, toMessage } from "./rows.server";
export { withAttachments } from "./with-attachments.server";
