import { APIError } from "better-auth/api";
import { eq, type SQL, sql } from "drizzle-orm";
import { asSystem, sayingUnavailable } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { invalid } from "~/platform/errors";
import { log } from "~/platform/log.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { SYSTEM } from "../actor";
import { sessionEnded } from "../events";
import { fields } from "../fields";
import { mailSoon } from "../identity/account-mail.server";
import { auth, RESET_SECONDS } from "../identity/auth.server";
import { newSecret } from "../identity/secret.server";
import { linkCharges, resetCharges, throttle, throttleFailures } from "../identity/throttle.server";
import type { Client } from "../visitor/client.server";
import { passwordProblem } from "./password-rules.server";

const { account, verification } = schema;

/** How better-auth names what it keeps of a reset link; it stores the hash of this. */
const identifierOf = (token: string) => `reset-password:${token}`;

const columns = { id: account.id, email: account.email, name: account.name, locale: account.locale };
type Owner = { id: string; email: string; name: string; locale: string | null };

const findOwner = (which: SQL): Promise<Owner | null> =>
  asSystem("whose password is to be reset", async (tx) => {
    const [found] = await tx.select(columns).from(account).where(which);
    return found ?? null;
  });
const findByEmail = (email: string) => findOwner(eq(sql`lower(${account.email})`, email));

/** A new link; the ones before it stop working. */
async function newLink(accountId: string): Promise<string> {
  const token = newSecret();
  const { internalAdapter } = await auth().$context;
  await asSystem("older reset links die", (tx) => tx.delete(verification).where(eq(verification.value, accountId)));
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: accountId,
    expiresAt: new Date(Date.now() + RESET_SECONDS * 1000),
  });
  return `${env().publicUrl}/reset?token=${token}`;
}

async function handOver(owner: Owner): Promise<void> {
  const { smtpUrl, production } = env();
  if (!smtpUrl && production) return;
  const link = await newLink(owner.id);
  if (smtpUrl) mailSoon("reset", { to: owner.email, locale: owner.locale, name: owner.name, link });
  else log.warn({ link }, "no SMTP_URL: this reset link was not mailed");
}

/**
 * Sends a reset link to an address that has an account, and answers the same, as quickly, when it has none. Without a
 * mail server nothing is sent: who runs the installation can make a link (`createResetLink`), and outside production it
 * is logged.
 * @throws AppError `too_many_requests`, `unavailable`
 */
export async function requestReset(input: { email: string; client: Client }): Promise<void> {
  const email = fields.email.safeParse(input.email);
  await throttle(resetCharges(email.success ? email.data : input.email.slice(0, 254), input.client.address));
  const owner = email.success ? await findByEmail(email.data) : null;
  if (!owner) return;
  handOver(owner).catch((error: unknown) => log.error({ err: error }, "a reset link was not made"));
}

/**
 * A reset link for who runs the installation to hand over, since it opens any account: only for the command line.
 * Null when the address has no account.
 */
export async function createResetLink(email: string): Promise<{ link: string; expiresInSeconds: number } | null> {
  const found = await findByEmail(fields.email.parse(email));
  return found ? { link: await newLink(found.id), expiresInSeconds: RESET_SECONDS } : null;
}

async function ownerOf(token: string): Promise<Owner> {
  const { internalAdapter } = await auth().$context;
  const kept = await internalAdapter.findVerificationValue(identifierOf(token));
  const owner = kept && kept.expiresAt > new Date() ? await findOwner(eq(account.id, kept.value)) : null;
  if (!owner) throw invalid("reset_link_dead");
  return owner;
}

async function spend(token: string, newPassword: string): Promise<Owner> {
  const owner = await ownerOf(token);
  const problem = passwordProblem(newPassword, [owner.name, owner.email]);
  if (problem) throw invalid(problem);
  try {
    await auth().api.resetPassword({ body: { newPassword, token } });
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw invalid("reset_link_dead");
    throw error;
  }
  return owner;
}

/** Whether a reset link still opens something, for the page that asks for the new password. */
export async function isResetLinkAlive(token: string, client: Client): Promise<boolean> {
  try {
    await throttleFailures(linkCharges(client.address), ["reset_link_dead"], () =>
      sayingUnavailable(() => ownerOf(token)),
    );
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "reset_link_dead") return false;
    throw error;
  }
}

/**
 * Sets the password that a reset link allows, once. All of the account's sessions and other links end.
 * @throws AppError `reset_link_dead` (422), the password's problem (422), `too_many_requests`
 */
export async function completeReset(input: { token: string; newPassword: string; client: Client }): Promise<void> {
  const owner = await throttleFailures(linkCharges(input.client.address), ["reset_link_dead"], () =>
    sayingUnavailable(() => spend(input.token, input.newPassword)),
  );
  await transactAsSystem(SYSTEM, "after a reset", async (ctx) => {
    await ctx.tx.update(account).set({ demoPassword: false }).where(eq(account.id, owner.id));
    await ctx.tx.delete(verification).where(eq(verification.value, owner.id));
    ctx.emit(sessionEnded, { accountId: owner.id, sessionId: null, keep: null });
  });
  const link = `${env().publicUrl}/reset`;
  mailSoon("passwordChanged", { to: owner.email, locale: owner.locale, name: owner.name, link });
}
