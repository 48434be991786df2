import { createTransport, type Transporter } from "nodemailer";
import { log } from "./log.server";

type Mail = { to: string; subject: string; text: string };

const CONTROL = /[\p{Cc}\u2028\u2029]/u;
/** One plain address: no display name, list, comment or line break can hide in it. */
const ONE_ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]{1,255}$/;
const TIMEOUT_MS = 15_000;

/** The sender: `?from=` of the SMTP address, else its user when that is an address, else no-reply at its host. */
function senderOf(smtp: URL): string {
  const user = decodeURIComponent(smtp.username);
  return smtp.searchParams.get("from") ?? (ONE_ADDRESS.test(user) ? user : `no-reply@${smtp.hostname}`);
}

const transports = new Map<string, { transport: Transporter; from: string }>();

function transportFor(smtpUrl: string) {
  const known = transports.get(smtpUrl);
  if (known) return known;
  const smtp = new URL(smtpUrl);
  const from = senderOf(smtp);
  smtp.searchParams.delete("from");
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const made = {
    transport: createTransport({ url: smtp.href, ...timeouts, disableFileAccess: true, disableUrlAccess: true }),
    from,
  };
  transports.set(smtpUrl, made);
  return made;
}

/**
 * Sends one plain-text mail through the server of SMTP_URL.
 * @throws Error when an address or the subject holds a line break or more than one address, or the server refuses
 */
export async function sendMail(smtpUrl: string, mail: Mail): Promise<void> {
  if (!ONE_ADDRESS.test(mail.to)) throw new Error("not one plain mail address");
  if (CONTROL.test(mail.to) || CONTROL.test(mail.subject))
    throw new Error("a mail header may not hold control characters");
  const { transport, from } = transportFor(smtpUrl);
  await transport.sendMail({ from, to: { name: "", address: mail.to }, subject: mail.subject, text: mail.text });
}

/** Sends without keeping the caller waiting, so that how long it takes tells nothing; a failure is logged. */
export function sendMailSoon(smtpUrl: string, mail: Mail): void {
  sendMail(smtpUrl, mail).catch((error: unknown) => log.error({ err: error }, "a mail was not sent"));
}
