export {
  addToGroup,
  leaveGroup,
  removeFromGroup,
  renameGroup,
  setGroupRole,
} from "./change-group.server";
export { createGroup } from "./create-group.server";
export { type FoundAccount, findAccount } from "./find-account.server";
export { leaveOrganisationGroups } from "./leave-organisation.server";
export {
  type ChatDetails,
  type ChatPerson,
  type ChatSummary,
  getChat,
  listAcquaintances,
  listChats,
} from "./list-chats.server";
export { partOf } from "./load-chat.server";
export { requireOpenChat } from "./open-chat.server";
export { openDirectChat } from "./open-direct.server";
export { mayEnter } from "./policy";
export { noteSeen } from "./presence/note-seen.server";
export { getPresenceShown, setPresenceShown } from "./presence/presence-shown.server";
export { type Part, pairOf, readParts } from "./presence/read-parts.server";
export { answerRequest, blockAccount } from "./requests.server";
export { sendToChat } from "./send-to-chat.server";
export { setChatPreferences } from "./set-chat-preferences.server";
