import { type Actor, SYSTEM } from "~/modules/accounts";
import { actorOfToken } from "~/modules/accounts/index.server";
import { guestOfToken, isGuestToken } from "~/modules/contacts/index.server";
import { notFound, unauthorized } from "~/platform/errors";
import { addressKey } from "~/platform/limits/rate-limit.server";
import type { Endpoint } from "./endpoint";

export type Caller = {
  actor: Actor;
  orgId: string;
  /** The token, guest or, of public calls, address: whose calls are counted together and whose keys are one's own. */
  owner: string;
};

/** Who calls, by the `Authorization` header alone: a session's cookie opens nothing here. */
export async function findCaller(request: Request, access: Endpoint["access"], address: string): Promise<Caller> {
  if (access === "public") return { actor: SYSTEM, orgId: "", owner: `address:${addressKey(address)}` };
  const [scheme, token] = (request.headers.get("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) throw unauthorized();
  if (isGuestToken(token)) {
    const guest = await guestOfToken(token);
    if (!guest) throw unauthorized();
    if (access !== "guest") throw notFound("endpoint");
    return { actor: guest, orgId: guest.orgId, owner: `guest:${guest.guestId}` };
  }
  const actor = await actorOfToken(token);
  const orgId = actor?.memberships[0]?.orgId;
  if (!actor?.token || !orgId) throw unauthorized();
  return { actor, orgId, owner: `token:${actor.token.id}` };
}
