import { hash } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import {
  client,
  cookiePair,
  heard,
  makeAccount,
  openSession,
  PASSWORD,
  readSessions,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { auth } from "../identity/auth.server";
import { findActor } from "../visitor/find-actor.server";
import { sessionTokenOf } from "./session-cookie.server";
import { signIn } from "./sign-in.server";
import { signOut } from "./sign-out.server";

withDatabase();

const storedHash = async (accountId: string) => {
  const rows = await asSystem("test", (tx) =>
    tx.select().from(schema.credential).where(eq(schema.credential.userId, accountId)),
  );
  return rows[0]?.password as string;
};

describe("signing in", () => {
  test("opens a session that the next request brings back, with device and address", async () => {
    const ana = await makeAccount();
    const { setCookie, accountId } = await signIn({
      email: ` ${ana.email.toUpperCase()} `,
      password: PASSWORD,
      client: client(),
    });
    expect(accountId).toBe(ana.accountId);
    const actor = await findActor(request(cookiePair(setCookie)));
    expect(actor).toMatchObject({
      kind: "account",
      accountId,
      name: "Ana",
      email: ana.email,
      memberships: [],
      token: null,
    });
    expect(await readSessions(accountId)).toMatchObject([
      { id: actor?.sessionId, ipAddress: "203.0.113.7", userAgent: expect.stringContaining("Linux") },
    ]);
  });

  test("gives a cookie that better-auth itself takes", async () => {
    const ana = await makeAccount();
    const { setCookie } = await signIn({ email: ana.email, password: PASSWORD, client: client() });
    const found = await auth().api.getSession({ headers: new Headers({ cookie: cookiePair(setCookie) }) });
    expect(found?.user.id).toBe(ana.accountId);
    expect(sessionTokenOf(cookiePair(setCookie))).toBe(found?.session.token);
    expect(found?.session.token.length).toBeGreaterThanOrEqual(32);
  });

  test("never goes on with the session that the browser brought: a planted one dies (TC1)", async () => {
    const [ana, mallory] = [await makeAccount(), await makeAccount("Mallory")];
    const planted = await openSession(mallory.accountId);
    let setCookie = "";
    const events = await heard(async () => {
      ({ setCookie } = await signIn({
        email: ana.email,
        password: PASSWORD,
        client: client({ sessionToken: planted.token }),
      }));
    });
    expect(cookiePair(setCookie)).not.toBe(planted.cookie);
    expect(await findActor(request(planted.cookie))).toBeNull();
    expect((await findActor(request(cookiePair(setCookie))))?.accountId).toBe(ana.accountId);
    expect(events).toEqual([
      { name: "session.ended", data: { accountId: mallory.accountId, sessionId: planted.sessionId, keep: null } },
    ]);
  });

  test("takes an old session's cookie of one's own away too, and leaves other devices signed in", async () => {
    const ana = await makeAccount();
    const [old, phone] = [await openSession(ana.accountId), await openSession(ana.accountId)];
    await signIn({ email: ana.email, password: PASSWORD, client: client({ sessionToken: old.token }) });
    expect(await findActor(request(old.cookie))).toBeNull();
    expect(await findActor(request(phone.cookie))).not.toBeNull();
  });

  test("makes a weak hash strong, and leaves a strong one (TC7)", async () => {
    const ana = await makeAccount();
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await asSystem("test", (tx) =>
      tx.update(schema.credential).set({ password: weak }).where(eq(schema.credential.userId, ana.accountId)),
    );
    await signIn({ email: ana.email, password: PASSWORD, client: client() });
    const strong = await storedHash(ana.accountId);
    expect(strong).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signIn({ email: ana.email, password: PASSWORD, client: client() });
    expect(await storedHash(ana.accountId)).toBe(strong);
  });

  test("sweeps sessions that died of age", async () => {
    const ana = await makeAccount();
    const { sessionId } = await openSession(ana.accountId);
    await asSystem("test", (tx) =>
      tx
        .update(schema.session)
        .set({ expiresAt: new Date(0) })
        .where(eq(schema.session.id, sessionId)),
    );
    await signIn({ email: ana.email, password: PASSWORD, client: client() });
    expect((await readSessions(ana.accountId)).map((row) => row.id)).not.toContain(sessionId);
  });
});

describe("refusing", () => {
  test("says one thing, whatever was wrong (TC6)", async () => {
    const ana = await makeAccount();
    const tries = [
      { email: ana.email, password: "not the password" },
      { email: "nobody@example.test", password: PASSWORD },
      { email: "not an address", password: PASSWORD },
      { email: "", password: "" },
      { email: ana.email, password: "" },
      { email: ana.email, password: "x".repeat(5_000) },
      { email: ana.email, password: `${PASSWORD} ` },
    ];
    const refusals = await Promise.all(
      tries.map((one, i) =>
        signIn({ ...one, client: client({ address: `198.51.100.${i}` }) }).catch((error: unknown) => error),
      ),
    );
    for (const error of refusals) expect(error).toEqual(refusal(401, "invalid_credentials"));
    expect(new Set(refusals.map((error) => JSON.stringify(error))).size).toBe(1);
    expect(await readSessions(ana.accountId)).toEqual([]);
  });

  test("one account from one place: throttled, also with the right password, and says when to come back (TC5)", async () => {
    const ana = await makeAccount();
    const wrong = () => signIn({ email: ana.email, password: "wrong password", client: client() });
    for (let i = 0; i < 8; i++) await expect(wrong()).rejects.toEqual(refusal(401, "invalid_credentials"));
    const refused = await wrong().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      status: 429,
      code: "too_many_requests",
      data: { retry_after: expect.any(Number) },
    });
    expect((refused as { data: { retry_after: number } }).data.retry_after).toBeLessThanOrEqual(60);
    await expect(
      signIn({ email: ana.email.toUpperCase(), password: PASSWORD, client: client() }),
    ).rejects.toMatchObject({ status: 429 });
    // A stranger elsewhere has not locked the owner out.
    await signIn({ email: ana.email, password: PASSWORD, client: client({ address: "198.51.100.1" }) });
  });

  test("many at once do not slip through together (TC5)", async () => {
    const ana = await makeAccount();
    const tries = await Promise.allSettled(
      Array.from({ length: 40 }, () => signIn({ email: ana.email, password: "wrong password", client: client() })),
    );
    const reached = tries.filter(
      (one) => one.status === "rejected" && (one.reason as { status: number }).status === 401,
    );
    expect(reached).toHaveLength(8);
  });

  test("one account from many addresses is throttled (TC5)", async () => {
    const ana = await makeAccount();
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) {
      const from = client({ address: `198.51.100.${i}` });
      const error = await signIn({ email: ana.email, password: "wrong password", client: from }).catch(
        (e: unknown) => e,
      );
      statuses.push((error as { status: number }).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });

  test("many accounts from one address are throttled (TC5)", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) {
      const error = await signIn({ email: `x${i}@example.test`, password: "wrong password", client: client() }).catch(
        (e: unknown) => e,
      );
      statuses.push((error as { status: number }).status);
    }
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(50);
    expect(statuses.at(-1)).toBe(429);
  });

  test("right passwords cost nothing", async () => {
    const ana = await makeAccount();
    for (let i = 0; i < 12; i++) await signIn({ email: ana.email, password: PASSWORD, client: client() });
  });
});

describe("signing out", () => {
  test("ends the session on the server: a kept copy of the cookie is worth nothing (TC2)", async () => {
    const ana = await makeAccount();
    const [here, phone] = [await openSession(ana.accountId), await openSession(ana.accountId)];
    let setCookie = "";
    const events = await heard(async () => {
      ({ setCookie } = await signOut(here.token));
    });
    expect(setCookie).toMatch(/^__Host-guazu\.session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(await findActor(request(here.cookie))).toBeNull();
    expect(await findActor(request(phone.cookie))).not.toBeNull();
    expect(events).toEqual([
      { name: "session.ended", data: { accountId: ana.accountId, sessionId: here.sessionId, keep: null } },
    ]);
  });

  test("without a session only clears the cookie", async () => {
    expect((await signOut(null)).setCookie).toContain("Max-Age=0");
  });
});
