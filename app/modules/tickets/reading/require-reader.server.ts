import type { Actor } from "~/modules/accounts";
import { findActor } from "~/modules/accounts/index.server";
import { guestOfCookie } from "~/modules/contacts/index.server";
import { unauthorized } from "~/platform/errors";

/**
 * Who a browser is in one conversation: the guest whose secret it holds for it, else the account that is signed in.
 * Whether that person may read it is asked by the verb.
 * @throws AppError 401 for nobody
 */
export async function requireReader(request: Request, conversationId: string): Promise<Actor> {
  const guest = await guestOfCookie(request.headers.get("Cookie"), conversationId);
  if (guest) return guest;
  const actor = await findActor(request);
  if (!actor) throw unauthorized();
  return actor;
}
