import { env } from "~/platform/env.server";
import { mailSoon } from "../identity/account-mail.server";
import { invitationMailCharges, throttle } from "../identity/throttle.server";

export const canMail = () => env().smtpUrl !== undefined;

/**
 * Mails an invitation's link, in the organisation's language, since of the invited none is known.
 * @throws AppError `too_many_requests`: one organisation cannot mail the whole world
 */
export async function mailInvitation(input: {
  orgId: string;
  to: string;
  link: string;
  organisation: string;
  locale: string;
}): Promise<void> {
  const { orgId, to, link, organisation, locale } = input;
  if (!canMail()) return;
  await throttle(invitationMailCharges(orgId));
  mailSoon("invitation", { to, link, organisation, locale });
}
