import { AppError, conflict, forbidden } from "~/platform/errors";
import { registerAccount } from "../identity/register-account.server";
import { signUpCharges, throttle } from "../identity/throttle.server";
import { signIn } from "../sessions/sign-in.server";
import type { Client } from "../visitor/client.server";
import { type Accepted, acceptInvitation } from "./accept-invitation.server";
import { getInvitation } from "./get-invitation.server";

type JoinInput = {
  secret: string;
  name: string;
  email: string;
  password: string;
  locale: string | null;
  client: Client;
};

/**
 * Accepts an invitation as a person who is not signed in: makes the account and signs it in. With the address of an
 * account that was there, only its own password goes on.
 * @throws AppError `not_found`, `invitation_other_address` (403), `account_exists` (409), the password's problem (422),
 * `already_member` (409), `too_many_requests`
 */
export async function joinByInvitation(input: JoinInput): Promise<Accepted & { setCookie: string }> {
  const { secret, email, password, client } = input;
  const invitation = await getInvitation(secret, client);
  if (invitation.email && invitation.email.toLowerCase() !== email) throw forbidden("invitation_other_address");
  await throttle(signUpCharges(client.address));
  await registerAccount(input);
  try {
    const { accountId, setCookie } = await signIn({ email, password, client });
    return { ...(await acceptInvitation({ secret, accountId, client })), setCookie };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_credentials") throw conflict("account_exists");
    throw error;
  }
}
