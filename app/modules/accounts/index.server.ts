export { archiveArea } from "./areas/archive-area.server";
export { areaChange } from "./areas/area-fields";
export { createArea } from "./areas/create-area.server";
export { listAreaPeople } from "./areas/list-area-people.server";
export { type AreaListed, getArea, listAreas } from "./areas/list-areas.server";
export { moveArea } from "./areas/move-area.server";
export { redirectArea } from "./areas/redirect-area.server";
export { setAreaMembers } from "./areas/set-area-members.server";
export { updateArea } from "./areas/update-area.server";
export { exportAudit } from "./audit/export-audit.server";
export { type AuditEntry, type AuditFilter, auditChoices, listAudit } from "./audit/list-audit.server";
export { type AuditDraft, recordAudit } from "./audit/record-audit.server";
export { recordChange } from "./audit/record-change.server";
export { fields } from "./fields";
export { parseChange } from "./forms/parse-change";
export { asFormProblem, orNull, readForm, wholeNumber } from "./forms/read-form.server";
export { addHoliday, removeHoliday } from "./holidays/change-holidays.server";
export { type HolidayListed, listHolidays } from "./holidays/list-holidays.server";
export { type DeskArea, type DeskHours, readSchedules } from "./hours/read-schedules.server";
export { getReachability, type Reachability, setReachability } from "./identity/reachability.server";
export { registerAccount } from "./identity/register-account.server";
export { hashSecret, newSecret } from "./identity/secret.server";
export { signUp } from "./identity/sign-up.server";
export {
  accountMessageCharges,
  accountSearchCharges,
  adoptRateLimiter,
  apiCallCharges,
  botTrialCharges,
  chatCharges,
  groupJoinCharges,
  guestMessageCharges,
  linkCharges,
  organisationCharges,
  reportCharges,
  throttle,
  throttleFailures,
  throttleMessages,
} from "./identity/throttle.server";
export { updateProfile } from "./identity/update-profile.server";
export { acceptInvitation } from "./invitations/accept-invitation.server";
export { getInvitation } from "./invitations/get-invitation.server";
export { inviteMember } from "./invitations/invite-member.server";
export { joinByInvitation } from "./invitations/join-by-invitation.server";
export { listInvitations } from "./invitations/list-invitations.server";
export { canMail, mailInvitation } from "./invitations/mail-invitation.server";
export { revokeInvitation } from "./invitations/revoke-invitation.server";
export { listMembers } from "./members/list-members.server";
export { noteActivity, setIdleAway, writeActivity } from "./members/note-activity.server";
export { removeMember } from "./members/remove-member.server";
export { returnJob } from "./members/return-job";
export { setAvailability } from "./members/set-availability.server";
export { setMemberAreas } from "./members/set-member-areas.server";
export { setMemberCap } from "./members/set-member-cap.server";
export { setMemberRole } from "./members/set-member-role.server";
export { getNoticeChoice } from "./notices/get-notice-choice.server";
export { readNoticeChoice } from "./notices/read-notice-choice.server";
export { setNoticeChoice } from "./notices/set-notice-choice.server";
export { type CreatedOrganisation, createOrganisation } from "./organisations/create-organisation.server";
export { getOrganisation, readOrganisation } from "./organisations/find-organisation.server";
export { listOrganisations } from "./organisations/list-organisations.server";
export { lockAndAuthorise } from "./organisations/lock-organisation.server";
export { organisationChange } from "./organisations/organisation-fields";
export { suspendOrganisation } from "./organisations/suspend-organisation.server";
export { updateOrganisation } from "./organisations/update-organisation.server";
export { changePassword } from "./passwords/change-password.server";
export { completeReset, createResetLink, isResetLinkAlive, requestReset } from "./passwords/reset-password.server";
export { authorise } from "./policy";
export { listSessions } from "./sessions/list-sessions.server";
export { revokeOtherSessions, revokeSession } from "./sessions/revoke-sessions.server";
export { choseLanguage, languageCookie, organisationCookie } from "./sessions/session-cookie.server";
export { signIn } from "./sessions/sign-in.server";
export { signOut } from "./sessions/sign-out.server";
export { createToken } from "./tokens/create-token.server";
export { listTokens, type TokenListed } from "./tokens/list-tokens.server";
export { revokeToken } from "./tokens/revoke-token.server";
export { actorOfToken } from "./visitor/actor-of-token.server";
export { clientOf } from "./visitor/client.server";
export { actorOfCookie, findActor, findProfile } from "./visitor/find-actor.server";
export type { MyOrganisation, Profile } from "./visitor/load-actors.server";
export { actorOfAccount, actorOfMember } from "./visitor/load-actors.server";
export { refreshActors } from "./visitor/refresh-actors.server";
export { activeMembership, requireActor, requireAdmin, requireMember } from "./visitor/require-actor.server";
export { type Frame, requireAdminPage, requireMemberPage, requirePage } from "./visitor/require-page.server";
export { type Run, runAs } from "./visitor/run-as.server";
export { tellRights } from "./visitor/tell-rights.server";
