import { eq, sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { schema } from "~db/index.server";
import { passwordProblem } from "../passwords/password-rules.server";
import { auth } from "./auth.server";

export type NewAccount = { name: string; email: string; password: string; locale: string | null };
/** `demo`: the password is the demo's published one, which the rules refuse to everybody else. */
type Options = { demo?: boolean };

const findAccount = (email: string) =>
  asSystem("whether an address has an account", async (tx) => {
    const rows = await tx
      .select({ id: schema.account.id })
      .from(schema.account)
      .where(eq(sql`lower(${schema.account.email})`, email));
    return rows[0]?.id ?? null;
  });

const markDemo = (accountId: string) =>
  asSystem("an account of the demo", async (tx) => {
    await tx.update(schema.account).set({ demoPassword: true }).where(eq(schema.account.id, accountId));
  });

/**
 * Makes an account, unless the address has one: then nothing changes. Hashes, and so takes its time, in both cases;
 * callers must not show the difference to somebody who only claims the address.
 * @throws AppError the password's problem (422), `unavailable`
 */
export async function registerAccount(
  input: NewAccount,
  options: Options = {},
): Promise<{ accountId: string; isNew: boolean }> {
  const problem = options.demo ? null : passwordProblem(input.password, [input.name, input.email]);
  if (problem) throw invalid(problem);
  const { name, email, password } = input;
  const locale = input.locale ?? undefined;
  let madeId: string | null = null;
  try {
    const made = await auth().api.signUpEmail({ body: { name, email, password, locale } });
    madeId = made.user.id;
  } catch (error) {
    // Two sign-ups with one address at the same moment: the second breaks the unique index.
    if (!(await findAccount(email))) throw error;
  }
  // For an address that was taken the library answers with an account that does not exist.
  const accountId = await findAccount(email);
  if (!accountId) throw new Error("an account was made and is not there");
  const isNew = accountId === madeId;
  if (isNew && options.demo) await markDemo(accountId);
  return { accountId, isNew };
}
