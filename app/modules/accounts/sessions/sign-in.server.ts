import { APIError } from "better-auth/api";
import { sayingUnavailable } from "~/platform/db.server";
import { unauthorized } from "~/platform/errors";
import { transactAsSystem } from "~/platform/transact.server";
import { SYSTEM } from "../actor";
import { recordFailedSignIn } from "../audit/record-failed-sign-in.server";
import { fields } from "../fields";
import { ADDRESS_HEADER, auth } from "../identity/auth.server";
import { passwordCharges, throttleFailures } from "../identity/throttle.server";
import { PASSWORD_MAX } from "../passwords/password-limits";
import { hashPassword } from "../passwords/passwords.server";
import type { Client } from "../visitor/client.server";
import { dropExpiredSessions, endSessionOfToken } from "./end-sessions.server";
import { sessionCookie } from "./session-cookie.server";

type SignInInput = { email: string; password: string; client: Client };

/** One refusal for every reason: the reader must not learn whether the address has an account. */
const invalidCredentials = () => unauthorized("invalid_credentials");

async function openSession(email: string, password: string, client: Client) {
  const known = fields.email.safeParse(email);
  // What cannot be an address or a password of ours still costs a hash, as every other refusal does.
  if (!known.success || password.length > PASSWORD_MAX * 4) {
    await hashPassword("nobody");
    throw invalidCredentials();
  }
  const headers = new Headers({ "user-agent": client.userAgent, [ADDRESS_HEADER]: client.address });
  try {
    return await sayingUnavailable(() => auth().api.signInEmail({ body: { email: known.data, password }, headers }));
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    await recordFailedSignIn(known.data, client.address);
    throw invalidCredentials();
  }
}

/**
 * Signs in: always a new session, and the one whose cookie the browser brought dies, so that nobody can plant a session
 * and wait for its owner. Answers the `Set-Cookie` to send.
 * @throws AppError `invalid_credentials` (401), `too_many_requests`, `unavailable`
 */
export async function signIn(
  input: SignInInput,
): Promise<{ accountId: string; locale: string | null; setCookie: string }> {
  const { email, password, client } = input;
  const name = email.normalize("NFC").trim().toLowerCase().slice(0, 254);
  const opened = await throttleFailures(passwordCharges(name, client.address), ["invalid_credentials"], () =>
    openSession(email, password, client),
  );
  const accountId = opened.user.id;
  await transactAsSystem(SYSTEM, "a session opened in another's place", async (ctx) => {
    if (client.sessionToken) await endSessionOfToken(ctx, client.sessionToken);
    await dropExpiredSessions(ctx, accountId);
  });
  return { accountId, locale: opened.user.locale ?? null, setCookie: sessionCookie(opened.token) };
}
