import { asSystem } from "~/platform/db.server";
import type { Role } from "~db/schema/accounts";
import { linkCharges, throttleFailures } from "../identity/throttle.server";
import type { Client } from "../visitor/client.server";
import { findOpenInvitation } from "./open-invitation.server";

type InvitationShown = { organisation: string; role: Role; email: string | null; expiresAt: string };

/**
 * What the page of an invitation's link shows to whoever holds it.
 * @throws AppError `not_found`, `too_many_requests`
 */
export async function getInvitation(secret: string, client: Client): Promise<InvitationShown> {
  const found = await throttleFailures(linkCharges(client.address), ["not_found"], () =>
    asSystem("an invitation before one belongs", (tx, now) => findOpenInvitation({ tx, now }, secret)),
  );
  const { organisation, role, email, expiresAt } = found;
  return { organisation, role, email, expiresAt: expiresAt.toISOString() };
}
