import { type AccountActor, membershipIn } from "~/modules/accounts";
import type { ConversationKind, ParticipantRole } from "~db/schema/messaging";

/**
 * Whether a chat may be open to this actor at all, besides taking part in it: an organisation's group only to who belongs to
 * the organisation now, a person's own chats never to an organisation's API token.
 */
export const mayEnter = (actor: AccountActor, chat: { kind: ConversationKind; orgId: string | null }): boolean =>
  chat.kind === "org_group" ? membershipIn(actor, chat.orgId) !== undefined : actor.token === null;

/** What one who takes part may do in a group. */
export type GroupRights = {
  rename: boolean;
  add: boolean;
  invite: boolean;
  pin: boolean;
  promote: boolean;
  handOver: boolean;
};

const RANK: Record<ParticipantRole, number> = { customer: 0, member: 0, admin: 1, owner: 2 };

export function groupRights(role: ParticipantRole): GroupRights {
  const rank = RANK[role];
  const [admin, owner] = [rank >= 1, rank >= 2];
  return { rename: admin, add: admin, invite: admin, pin: admin, promote: owner, handOver: owner };
}

/** The same for any chat: of two, either says what stands at its head. */
export const chatRights = (kind: ConversationKind, role: ParticipantRole): GroupRights => ({
  ...groupRights(role),
  ...(kind === "direct" && { pin: true }),
});

/** Nobody is put out by an equal: admins put out members, the owner everybody. */
export const mayPutOut = (role: ParticipantRole, other: ParticipantRole): boolean => RANK[role] > RANK[other];
