import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  client,
  makeAccount,
  PASSWORD,
  readSessions,
  refusal,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { signIn } from "../sessions/sign-in.server";
import { registerAccount } from "./register-account.server";
import { signUp } from "./sign-up.server";

withDatabase();

const newcomer = (over: object = {}) => ({
  name: "Rosa Benítez",
  email: `rosa-${newId()}@example.test`,
  password: "chipa recién hecha",
  locale: "es",
  client: client(),
  ...over,
});
const readAccounts = (email: string) =>
  asSystem("test", (tx) => tx.select().from(schema.account).where(eq(schema.account.email, email)));

describe("signing up", () => {
  test("makes an account that can sign in, with a hash of its own and no session yet", async () => {
    const rosa = newcomer();
    await signUp(rosa);
    const [account] = await readAccounts(rosa.email);
    expect(account).toMatchObject({ name: "Rosa Benítez", locale: "es", demoPassword: false });
    expect(account?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await readSessions(account?.id as string)).toEqual([]);
    expect((await signIn({ ...rosa })).locale).toBe("es");
  });

  test("with a known address answers the same and changes nothing (TC6, TA9)", async () => {
    const ana = await makeAccount();
    const fresh = await signUp(newcomer());
    const known = await signUp(newcomer({ email: ana.email, name: "Mallory" }));
    expect(known).toEqual(fresh);
    expect(await readAccounts(ana.email)).toMatchObject([{ id: ana.accountId, name: "Ana" }]);
    await expect(signIn({ email: ana.email, password: "chipa recién hecha", client: client() })).rejects.toEqual(
      refusal(401, "invalid_credentials"),
    );
    await signIn({ email: ana.email, password: PASSWORD, client: client() });
  });

  test("twice at the same moment makes one account, and neither fails", async () => {
    const rosa = newcomer();
    await Promise.all([signUp(rosa), signUp({ ...rosa, name: "Otra" })]);
    expect(await readAccounts(rosa.email)).toHaveLength(1);
  });

  test("refuses passwords that the rules refuse, before anything else", async () => {
    await expect(signUp(newcomer({ password: "corta" }))).rejects.toEqual(refusal(422, "password_too_short"));
    await expect(signUp(newcomer({ password: "x".repeat(300) }))).rejects.toEqual(refusal(422, "password_too_long"));
    await expect(signUp(newcomer({ password: "Contraseña123" }))).rejects.toEqual(refusal(422, "password_common"));
    await expect(signUp(newcomer({ password: "RosaBenitez1" }))).rejects.toEqual(refusal(422, "password_personal"));
  });

  test("from one address is throttled in the end", async () => {
    const ana = await makeAccount();
    const { address } = client({ address: "192.0.2.9" });
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) {
      const tried = signUp(newcomer({ email: ana.email, password: "x", client: client({ address }) }));
      statuses.push(
        await tried.then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
      );
    }
    expect(statuses.slice(0, 60).every((status) => status === 422)).toBe(true);
    expect(statuses[60]).toBe(429);
  });
});

test("an account of the demo takes the published password and is marked", async () => {
  const input = { name: "Demo", email: `demo-${newId()}@demo.test`, password: "guazu-demo-2026", locale: null };
  await expect(registerAccount(input)).rejects.toEqual(refusal(422, "password_common"));
  expect((await registerAccount(input, { demo: true })).isNew).toBe(true);
  expect((await registerAccount(input, { demo: true })).isNew).toBe(false);
  expect(await readAccounts(input.email)).toMatchObject([{ demoPassword: true }]);
  await signIn({ email: input.email, password: "guazu-demo-2026", client: client() });
});
