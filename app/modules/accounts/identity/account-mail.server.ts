import { translatorFor } from "~/i18n/i18n.server";
import { defaultLanguage, toLanguage } from "~/i18n/languages";
import { env } from "~/platform/env.server";
import { sendMailSoon } from "~/platform/mail.server";

export type AccountMail = "welcome" | "alreadyHere" | "reset" | "passwordChanged" | "invitation";

type Filling = { to: string; locale: string | null; link: string; name?: string; organisation?: string };

/** Names come from people: in a subject they stay on one line, and a link in a text is only ever ours. */
const onOneLine = (text: string | undefined) =>
  (text ?? "")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/https?:\/\//giu, "")
    .slice(0, 80);

/** Sends one of the mails about accounts in the person's language, if there is a mail server. Answers at once. */
export function mailSoon(kind: AccountMail, filling: Filling): void {
  const { smtpUrl } = env();
  if (!smtpUrl) return;
  const t = translatorFor(toLanguage(filling.locale) ?? defaultLanguage);
  const words = { name: onOneLine(filling.name), organisation: onOneLine(filling.organisation), link: filling.link };
  const subject = t(`accounts.mail.${kind}.subject`, words);
  sendMailSoon(smtpUrl, { to: filling.to, subject, text: t(`accounts.mail.${kind}.text`, words) });
}
