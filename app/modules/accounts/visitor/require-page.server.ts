import type { AccountActor, Membership } from "../actor";
import { findProfile } from "./find-actor.server";
import type { Profile } from "./load-actors.server";
import { activeMembership, requireActor, requireAdmin, requireMember } from "./require-actor.server";

/** What the frame around a page shows of who is signed in. */
export type Frame = { profile: Profile; orgId: string | null };

async function frameOf(request: Request, membership: Membership | undefined): Promise<Frame> {
  const profile = await findProfile(request);
  if (!profile) throw new Error("a signed-in request without a profile");
  return { profile, orgId: membership?.orgId ?? null };
}

/** `requireActor` for a page that stands in the app's frame; asks the database once for both. */
export async function requirePage(request: Request): Promise<{ actor: AccountActor; frame: Frame }> {
  const actor = await requireActor(request);
  return { actor, frame: await frameOf(request, activeMembership(request, actor)) };
}

/** `requireMember` for a page that stands in the app's frame. */
export async function requireMemberPage(
  request: Request,
): Promise<{ actor: AccountActor; membership: Membership; frame: Frame }> {
  const { actor, membership } = await requireMember(request);
  return { actor, membership, frame: await frameOf(request, membership) };
}

/** `requireAdmin` for a page that stands in the app's frame. */
export async function requireAdminPage(
  request: Request,
): Promise<{ actor: AccountActor; membership: Membership; frame: Frame }> {
  const { actor, membership } = await requireAdmin(request);
  return { actor, membership, frame: await frameOf(request, membership) };
}
