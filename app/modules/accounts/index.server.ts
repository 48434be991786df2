export { archiveArea } from "./areas/archive-area.server";
export { createArea } from "./areas/create-area.server";
export { type AreaListed, listAreas } from "./areas/list-areas.server";
export { type AreaChange, updateArea } from "./areas/update-area.server";
export { fields } from "./fields";
export { asFormProblem, orNull, readForm } from "./forms/read-form.server";
export { type ChangePasswordInput, changePassword } from "./identity/change-password.server";
export { listSessions, type SessionOnDevice } from "./identity/list-sessions.server";
export { type NewAccount, registerAccount } from "./identity/register-account.server";
export { completeReset, createResetLink, isResetLinkAlive, requestReset } from "./identity/reset-password.server";
export { revokeOtherSessions, revokeSession } from "./identity/revoke-sessions.server";
export { endedSessionCookie, languageCookie, organisationCookie } from "./identity/session-cookie.server";
export { type SignInInput, signIn } from "./identity/sign-in.server";
export { signOut } from "./identity/sign-out.server";
export { signUp } from "./identity/sign-up.server";
export { organisationCharges, throttle, useRateLimiter } from "./identity/throttle.server";
export { updateProfile } from "./identity/update-profile.server";
export { type Accepted, acceptInvitation } from "./invitations/accept-invitation.server";
export { getInvitation, type InvitationShown } from "./invitations/get-invitation.server";
export { type Invited, type InviteInput, inviteMember } from "./invitations/invite-member.server";
export { type JoinInput, joinByInvitation } from "./invitations/join-by-invitation.server";
export { type InvitationListed, listInvitations } from "./invitations/list-invitations.server";
export { canMail, mailInvitation } from "./invitations/mail-invitation.server";
export { revokeInvitation } from "./invitations/revoke-invitation.server";
export { getMemberId } from "./members/find-member.server";
export { listMembers, type MemberListed } from "./members/list-members.server";
export { removeMember } from "./members/remove-member.server";
export { setAvailability } from "./members/set-availability.server";
export { setMemberAreas } from "./members/set-member-areas.server";
export { setMemberRole } from "./members/set-member-role.server";
export {
  type CreatedOrganisation,
  type CreateOrganisationInput,
  createOrganisation,
} from "./organisations/create-organisation.server";
export { getOrganisation, type OrganisationRow } from "./organisations/find-organisation.server";
export { listOrganisations, type OrganisationSummary } from "./organisations/list-organisations.server";
export { suspendOrganisation } from "./organisations/suspend-organisation.server";
export { type CreateTokenInput, createToken } from "./tokens/create-token.server";
export { revokeToken } from "./tokens/revoke-token.server";
export { actorOfToken } from "./visitor/actor-of-token.server";
export { type Client, clientOf } from "./visitor/client.server";
export { actorOfCookie, findActor, findProfile } from "./visitor/find-actor.server";
export type { MyOrganisation, Profile } from "./visitor/load-actors.server";
export { refreshActors } from "./visitor/refresh-actors.server";
export { activeMembership, requireActor, requireAdmin, requireMember } from "./visitor/require-actor.server";
export { type Frame, requireAdminPage, requirePage } from "./visitor/require-page.server";
