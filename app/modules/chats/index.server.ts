export {
  addToGroup,
  leaveGroup,
  removeFromGroup,
  renameGroup,
  setGroupRole,
} from "./change-group.server";
export { createGroup, insertGroup } from "./create-group.server";
export { type FoundAccount, findAccount } from "./find-account.server";
export { type ChatDetails, getChat } from "./get-chat.server";
export { createGroupInvite, INVITE_DAYS, type MadeInvite } from "./invites/create-invite.server";
export { type Joining, joinByInvite } from "./invites/join-by-invite.server";
export { answerJoinRequest, type JoinRequest, listJoinRequests } from "./invites/join-requests.server";
export { type GroupInvite, listGroupInvites } from "./invites/list-invites.server";
export { revokeGroupInvite } from "./invites/revoke-invite.server";
export { type InviteStanding, type InviteView, viewGroupInvite } from "./invites/view-invite.server";
export { leaveOrganisationGroups } from "./leave-organisation.server";
export { type ChatSummary, listChats } from "./list/list-chats.server";
export { tellLists } from "./list/tell-lists.server";
export { partOf, peopleOf } from "./load-chat.server";
export { payloadAfterEdit } from "./mentions/mentions.server";
export { requireOpenChat } from "./open-chat.server";
export { openDirectChat } from "./open-direct.server";
export { listAcquaintances } from "./people/list-acquaintances.server";
export { type ChatPerson, listPeople, type PeoplePage } from "./people/list-people.server";
export { mayPin } from "./people/may-pin.server";
export { mayEnter } from "./policy";
export { noteSeen } from "./presence/note-seen.server";
export { getPresenceShown, setPresenceShown } from "./presence/presence-shown.server";
export { type Part, pairOf, readParts } from "./presence/read-parts.server";
export { listReports } from "./reports/list-reports.server";
export { reportChat } from "./reports/report-chat.server";
export { answerRequest, blockAccount } from "./requests.server";
export { sendToChat } from "./send-to-chat.server";
export { setChatPreferences } from "./set-chat-preferences.server";
export { setGroupPicture } from "./set-group-picture.server";
