import { env } from "~/platform/env.server";
import type { Client } from "../visitor/client.server";
import { mailSoon } from "./account-mail.server";
import { type NewAccount, registerAccount } from "./register-account.server";
import { signUpCharges, throttle } from "./throttle.server";

/**
 * Signs up. Whether the address had an account already is told to nobody but the address itself: the answer is the same,
 * nobody is signed in by it, and the mail (with SMTP_URL) says what is the case. Without mail a person learns it by
 * signing in, as with any password.
 * @throws AppError the password's problem (422), `too_many_requests`, `unavailable`
 */
export async function signUp(input: NewAccount & { client: Client }): Promise<void> {
  await throttle(signUpCharges(input.client.address));
  const { isNew } = await registerAccount(input);
  const { publicUrl } = env();
  const link = isNew ? `${publicUrl}/login` : `${publicUrl}/reset`;
  mailSoon(isNew ? "welcome" : "alreadyHere", { to: input.email, locale: input.locale, name: input.name, link });
}
