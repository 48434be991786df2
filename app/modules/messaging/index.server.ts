export {
  type Appended,
  appendMessage,
  findRepeat,
  lockConversation,
  type MessageDraft,
  requireReplyTarget,
} from "./append-message.server";
export { applyDelivery, applyParked, applyProviderStatus } from "./apply-delivery.server";
export {
  type Changer,
  changeAttachments,
  deleteMessage,
  editMessage,
  pinMessage,
  reactToMessage,
} from "./change-message.server";
export { deliverOutbox } from "./deliver-outbox.server";
export { messageCreated, messageDeleted, messageEdited } from "./events";
export { type DeadLetter, listDeadLetters, retryDeadLetter } from "./failures/dead-letters.server";
export { markReadByAccount, markReadByCustomer } from "./mark-read.server";
export { type Marks, markMessage } from "./marks/mark-message.server";
export { listPinned, readMarks } from "./marks/read-marks.server";
export { unhidden } from "./marks/unhidden.server";
export { askForPreviews, previewMessage } from "./previews/preview-message.server";
export {
  type Change,
  listChanges,
  listMessages,
  type MessagePage,
  type PageAsked,
  type Reading,
} from "./read-messages.server";
export { insertChanges, recordChange } from "./record-change.server";
export { type ConversationRow, firstFile, type MessageRow, toMessage } from "./rows.server";
export { toAttachment, withAttachments } from "./with-attachments.server";
