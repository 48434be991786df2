export {
  addToGroup,
  leaveGroup,
  removeFromGroup,
  renameGroup,
  setGroupRole,
} from "./change-group.server";
export { createGroup } from "./create-group.server";
export { type FoundAccount, findAccount } from "./find-account.server";
export {
  type ChatDetails,
  type ChatPerson,
  type ChatSummary,
  getChat,
  listAcquaintances,
  listChats,
} from "./list-chats.server";
export { openDirectChat } from "./open-direct.server";
export { mayEnter } from "./policy";
export { asRefusal } from "./refusal.server";
export { answerRequest, blockAccount } from "./requests.server";
export { sendToChat } from "./send-to-chat.server";
export { setChatPreferences } from "./set-chat-preferences.server";
