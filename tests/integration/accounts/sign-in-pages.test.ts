import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { action, loader } from "~/routes/login/route";
import { action as leave, loader as leavePage } from "~/routes/logout/route";
import { client, makeAccount, openSession, PASSWORD, withDatabase } from "../../support/accounts/people";
import { call, outcome } from "../../support/accounts/route-calls";

withDatabase();

const post = (fields: Record<string, string>, over: { address?: string; forwarded?: string } = {}) => {
  const args = call(null, "/login", fields);
  if (over.forwarded) args.request.headers.set("X-Forwarded-For", over.forwarded);
  if (over.address) args.context.clientAddress = over.address;
  return outcome(action(args));
};

describe("signing in by the form", () => {
  test("leads on, with a session cookie and the account's language", async () => {
    const ana = await makeAccount();
    const done = await post({ email: ana.email, password: PASSWORD, next: "/inbox/7?view=mine" });
    expect(done).toMatchObject({ status: 302, location: "/inbox/7?view=mine" });
    expect(done.cookies).toHaveLength(1);
    expect(done.cookies[0]).toMatch(
      /^__Host-guazu\.session=[^;]{60,200}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test("brings the account's language, but not over one that was chosen in this browser", async () => {
    const ana = await makeAccount();
    await asSystem("test", (tx) => tx.execute(sql`update account set locale = 'pt' where id = ${ana.accountId}`));
    const languageFor = async (cookie: string | null) => {
      const done = await outcome(action(call(cookie, "/login", { email: ana.email, password: PASSWORD })));
      return done.cookies.find((one) => one.startsWith("lang="))?.split(";")[0];
    };
    expect(await languageFor(null)).toBe("lang=pt-x-account");
    expect(await languageFor("lang=en-x-account")).toBe("lang=pt-x-account");
    expect(await languageFor("lang=en")).toBeUndefined();
  });

  test.each(["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", "/.//evil.test", ""])(
    "never leads to %j",
    async (next) => {
      const ana = await makeAccount();
      const done = await post({ email: ana.email, password: PASSWORD, next });
      expect(done).toMatchObject({ status: 302, location: "/" });
      const { cookie } = await openSession(ana.accountId);
      expect(await outcome(loader(call(cookie, `/login?next=${encodeURIComponent(next)}`)))).toMatchObject({
        status: 302,
        location: "/",
      });
    },
  );

  test("is refused with one answer, which never holds the password (TC6)", async () => {
    const ana = await makeAccount();
    const refused = await post({ email: ana.email, password: "not my password" });
    expect(refused).toEqual({
      status: 401,
      location: null,
      cookies: [],
      data: { problem: { code: "invalid_credentials" }, values: { email: ana.email } },
    });
    expect(await post({})).toMatchObject({ status: 401, data: { problem: { code: "invalid_credentials" } } });
  });

  test("is throttled by the address that the server found, whatever the request's headers say (TC5)", async () => {
    const ana = await makeAccount();
    const wrong = (i: number, address?: string) =>
      post({ email: ana.email, password: "not my password" }, { forwarded: `198.51.100.${i}`, address });
    for (let i = 0; i < 8; i++) expect((await wrong(i)).status).toBe(401);
    expect(await wrong(9)).toMatchObject({
      status: 429,
      data: { problem: { code: "too_many_requests", retryAfterSeconds: expect.any(Number) } },
    });
    expect((await wrong(10, "192.0.2.1")).status).toBe(401);
  });
});

describe("signing out", () => {
  test("takes a form; a link does nothing", async () => {
    const ana = await makeAccount();
    const { cookie } = await openSession(ana.accountId);
    expect((await outcome(leavePage())).location).toBe("/");
    expect((await outcome(loader(call(cookie, "/login")))).status).toBe(302);
    const gone = await outcome(leave(call(cookie, "/logout", {})));
    expect(gone).toMatchObject({ status: 302, location: "/login?done=signed-out" });
    expect(gone.cookies[0]).toContain("Max-Age=0");
    expect((await outcome(loader(call(cookie, "/login")))).status).toBe(200);
  });

  test("a session planted before signing in is dead after it (TC1)", async () => {
    const [ana, mallory] = [await makeAccount(), await makeAccount("Mallory")];
    const planted = await openSession(mallory.accountId);
    const args = call(planted.cookie, "/login", { email: ana.email, password: PASSWORD });
    expect(client().sessionToken).toBeNull();
    const done = await outcome(action(args));
    expect(done.cookies[0]).not.toContain(planted.cookie);
    expect((await outcome(loader(call(planted.cookie, "/login")))).status).toBe(200);
  });
});
