import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  client,
  cookiePair,
  heard,
  makeAccount,
  openSession,
  PASSWORD,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { registerAccount } from "../identity/register-account.server";
import { signIn } from "../sessions/sign-in.server";
import { findActor, findProfile } from "../visitor/find-actor.server";
import { changePassword } from "./change-password.server";

withDatabase();

const NEW = "dulce de mamón casero";

async function signedIn() {
  const ana = await makeAccount();
  const here = await openSession(ana.accountId);
  const actor = (await findActor(request(here.cookie))) as AccountActor;
  return { ana, here, actor };
}

describe("changing the password", () => {
  test("ends every other session, and renews the cookie of this one (TC3)", async () => {
    const { ana, here, actor } = await signedIn();
    const phone = await openSession(ana.accountId);
    let setCookie = "";
    const events = await heard(async () => {
      ({ setCookie } = await changePassword(actor, { currentPassword: PASSWORD, newPassword: NEW, client: client() }));
    });
    expect(await findActor(request(phone.cookie))).toBeNull();
    expect(await findActor(request(here.cookie))).toBeNull();
    const after = await findActor(request(cookiePair(setCookie)));
    expect(after?.sessionId).toBe(here.sessionId);
    expect(events).toEqual([
      { name: "session.ended", data: { accountId: ana.accountId, sessionId: null, keep: here.sessionId } },
    ]);
    await expect(signIn({ email: ana.email, password: PASSWORD, client: client() })).rejects.toMatchObject({
      status: 401,
    });
    await signIn({ email: ana.email, password: NEW, client: client() });
  });

  test("needs the present one, and throttles guesses at it (TC11)", async () => {
    const { here, actor } = await signedIn();
    const guess = () => changePassword(actor, { currentPassword: "a guess of it", newPassword: NEW, client: client() });
    for (let i = 0; i < 8; i++) await expect(guess()).rejects.toEqual(refusal(403, "wrong_password"));
    await expect(guess()).rejects.toEqual(refusal(429, "too_many_requests"));
    expect(await findActor(request(here.cookie))).not.toBeNull();
  });

  test("refuses what the rules refuse", async () => {
    const { actor } = await signedIn();
    const change = (newPassword: string) =>
      changePassword(actor, { currentPassword: PASSWORD, newPassword, client: client() });
    await expect(change("corta")).rejects.toEqual(refusal(422, "password_too_short"));
    await expect(change("guazu-demo-2026")).rejects.toEqual(refusal(422, "password_common"));
  });

  test("two at once: one wins, the other is told", async () => {
    const { actor } = await signedIn();
    const change = (newPassword: string) =>
      changePassword(actor, { currentPassword: PASSWORD, newPassword, client: client() });
    const results = await Promise.allSettled([change(NEW), change(`${NEW} también`)]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("kills reset links that were asked for before", async () => {
    const { ana, actor } = await signedIn();
    const row = { id: newId(), identifier: "x", value: ana.accountId, expiresAt: new Date(Date.now() + 60_000) };
    await asSystem("test", (tx) => tx.insert(schema.verification).values(row));
    await changePassword(actor, { currentPassword: PASSWORD, newPassword: NEW, client: client() });
    const left = await asSystem("test", (tx) =>
      tx.select().from(schema.verification).where(eq(schema.verification.value, ana.accountId)),
    );
    expect(left).toEqual([]);
  });

  test("the demo's banner goes with the demo's password", async () => {
    const input = { name: "Demo", email: `demo-${newId()}@demo.test`, password: "guazu-demo-2026", locale: null };
    const { accountId } = await registerAccount(input, { demo: true });
    const here = await openSession(accountId);
    expect((await findProfile(request(here.cookie)))?.demoPassword).toBe(true);
    const actor = (await findActor(request(here.cookie))) as AccountActor;
    const change = { currentPassword: input.password, newPassword: NEW, client: client() };
    const { setCookie } = await changePassword(actor, change);
    expect((await findProfile(request(cookiePair(setCookie))))?.demoPassword).toBe(false);
  });
});
