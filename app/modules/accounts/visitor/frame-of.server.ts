import type { Membership } from "../actor";
import type { FrameData } from "../ui/app-frame";
import { findActor, findProfile } from "./find-actor.server";
import { activeMembership } from "./require-actor.server";

/** What `AppFrame` shows, for a request whose actor was asked for already; from the same query. */
export async function frameOf(request: Request, membership?: Membership): Promise<FrameData> {
  const [profile, actor] = await Promise.all([findProfile(request), findActor(request)]);
  if (!profile || !actor) throw new Error("frameOf comes after requireActor");
  const activeId = (membership ?? activeMembership(request, actor))?.orgId;
  const organisations = profile.organisations.map(({ orgId, memberId, name, timeZone, role, availability }) => ({
    orgId,
    memberId,
    name,
    timeZone,
    role,
    availability,
  }));
  const { accountId, name, image, demoPassword } = profile;
  const active = organisations.find(({ orgId }) => orgId === activeId) ?? null;
  return { accountId, name, image, demoPassword, organisations, active };
}
