import { and, eq } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { conflict, forbidden, invalid } from "~/platform/errors";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AccountActor } from "../actor";
import { mailSoon } from "../identity/account-mail.server";
import { newSecret } from "../identity/secret.server";
import { passwordCharges, throttleFailures } from "../identity/throttle.server";
import { endSessions } from "../sessions/end-sessions.server";
import { sessionCookie } from "../sessions/session-cookie.server";
import type { Client } from "../visitor/client.server";
import { passwordProblem } from "./password-rules.server";
import { hashPassword, verifyPassword } from "./passwords.server";

type ChangePasswordInput = { currentPassword: string; newPassword: string; client: Client };

const { account, credential, session, verification } = schema;

async function provenHash(actor: AccountActor, password: string): Promise<string> {
  const [row] = await asSystem("the hash to prove a password against", (tx) =>
    tx
      .select({ hash: credential.password })
      .from(credential)
      .where(and(eq(credential.userId, actor.accountId), eq(credential.providerId, "credential"))),
  );
  const right = row?.hash ? await verifyPassword(row.hash, password) : false;
  if (!row?.hash || !right) throw forbidden("wrong_password");
  return row.hash;
}

async function store(ctx: Context<AccountActor>, oldHash: string, newHash: string): Promise<string> {
  const { accountId, sessionId } = ctx.actor;
  const changed = await ctx.tx
    .update(credential)
    .set({ password: newHash, updatedAt: ctx.now })
    .where(and(eq(credential.userId, accountId), eq(credential.password, oldHash)))
    .returning({ id: credential.id });
  if (changed.length === 0) throw conflict("conflict");
  await ctx.tx.update(account).set({ demoPassword: false, updatedAt: ctx.now }).where(eq(account.id, accountId));
  // Links that were asked for before would otherwise undo the change.
  await ctx.tx.delete(verification).where(eq(verification.value, accountId));
  await endSessions(ctx, accountId, sessionId);
  const token = newSecret();
  if (sessionId) await ctx.tx.update(session).set({ token, updatedAt: ctx.now }).where(eq(session.id, sessionId));
  return token;
}

/**
 * Changes the actor's password, which needs the present one. Every other session ends; the one in use goes on under a
 * new cookie, so that a stolen copy of the old cookie is dead too. Answers the `Set-Cookie` to send.
 * @throws AppError `wrong_password` (403), the new password's problem (422), `too_many_requests`
 */
export async function changePassword(actor: AccountActor, input: ChangePasswordInput): Promise<{ setCookie: string }> {
  const problem = passwordProblem(input.newPassword, [actor.name, actor.email]);
  if (problem) throw invalid(problem);
  const charges = passwordCharges(actor.email, input.client.address);
  const oldHash = await throttleFailures(charges, ["wrong_password"], () => provenHash(actor, input.currentPassword));
  const newHash = await hashPassword(input.newPassword);
  const token = await transactAsSystem(actor, "a new password", (ctx) => store(ctx, oldHash, newHash));
  mailSoon("passwordChanged", {
    to: actor.email,
    locale: null,
    name: actor.name,
    link: `${env().publicUrl}/reset`,
  });
  return { setCookie: sessionCookie(token) };
}
