import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { action, loader } from "~/routes/settings/route";
import { schema } from "~db/index.server";
import {
  addMember,
  makeAccount,
  makeOrganisation,
  openSession,
  PASSWORD,
  readSessions,
  withDatabase,
} from "../../support/accounts/people";
import { call, outcome } from "../../support/accounts/route-calls";

withDatabase();

async function signedIn() {
  const ana = await makeAccount();
  const { cookie, sessionId } = await openSession(ana.accountId);
  const send = (form: Record<string, string>) => outcome(action(call(cookie, "/settings", form)));
  return { ana, cookie, sessionId, send };
}
const readAccount = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.account).where(eq(schema.account.id, id))))[0];

describe("the account's settings", () => {
  test("are for who is signed in", async () => {
    expect(await outcome(loader(call(null, "/settings")))).toMatchObject({
      status: 302,
      location: "/login?next=%2Fsettings",
    });
    expect(await outcome(action(call(null, "/settings", { intent: "profile" })))).toMatchObject({ status: 401 });
  });

  test("keep name and language, and the language reaches the browser", async () => {
    const { ana, send } = await signedIn();
    const done = await send({ intent: "profile", name: "  Ana María ", locale: "pt" });
    expect(done).toMatchObject({ status: 302, location: "/settings?done=profile#profile" });
    expect(done.cookies).toEqual([expect.stringMatching(/^lang=pt-x-account;/)]);
    expect(await readAccount(ana.accountId)).toMatchObject({ name: "Ana María", locale: "pt", email: ana.email });
    expect((await send({ intent: "profile", name: "Ana", locale: "" })).cookies).toEqual([
      expect.stringMatching(/^lang=; Max-Age=0/),
    ]);
    expect((await readAccount(ana.accountId))?.locale).toBeNull();
    expect(await send({ intent: "profile", name: "", locale: "" })).toMatchObject({
      status: 422,
      data: { problem: { code: "name_malformed", field: "name" } },
    });
    expect(await send({ intent: "profile", name: "A\u202eB", locale: "" })).toMatchObject({ status: 422 });
  });

  test("change the password and show what is wrong by its field", async () => {
    const { ana, send, sessionId } = await signedIn();
    await openSession(ana.accountId);
    const wrong = await send({ intent: "password", currentPassword: "a guess of it", password: "dulce de mamón" });
    expect(wrong).toMatchObject({
      status: 403,
      data: { problem: { code: "wrong_password", field: "currentPassword" } },
    });
    const short = await send({ intent: "password", currentPassword: PASSWORD, password: "corta" });
    expect(short).toMatchObject({ status: 422, data: { problem: { code: "password_too_short", field: "password" } } });
    const done = await send({ intent: "password", currentPassword: PASSWORD, password: "dulce de mamón" });
    expect(done.cookies[0]).toMatch(/^__Host-guazu\.session=/);
    expect((await readSessions(ana.accountId)).map(({ id }) => id)).toEqual([sessionId]);
  });

  test("sign other devices out, and never somebody else's", async () => {
    const [mine, theirs] = [await signedIn(), await signedIn()];
    const phone = await openSession(mine.ana.accountId);
    expect(await mine.send({ intent: "revoke", sessionId: theirs.sessionId })).toMatchObject({
      status: 404,
      data: { problem: { code: "not_found" } },
    });
    expect(await readSessions(theirs.ana.accountId)).toHaveLength(1);
    expect(await mine.send({ intent: "revoke", sessionId: phone.sessionId })).toMatchObject({ status: 302 });
    await openSession(mine.ana.accountId);
    await mine.send({ intent: "revoke-others" });
    expect((await readSessions(mine.ana.accountId)).map(({ id }) => id)).toEqual([mine.sessionId]);
  });

  test("say where one works, whether one is there, and let one leave; only where one belongs", async () => {
    const { ana, send, cookie } = await signedIn();
    const [org, foreign] = [await makeOrganisation(), await makeOrganisation()];
    const memberId = await addMember(org.orgId, ana);
    expect((await send({ intent: "switch", orgId: org.orgId })).cookies).toEqual([
      expect.stringContaining(`org=${org.orgId}`),
    ]);
    for (const intent of ["switch", "leave", "availability"]) {
      expect(await send({ intent, orgId: foreign.orgId, availability: "away" })).toMatchObject({ status: 404 });
    }
    await send({ intent: "availability", orgId: org.orgId, availability: "away" });
    const [row] = await asSystem("test", (tx) => tx.select().from(schema.member).where(eq(schema.member.id, memberId)));
    expect(row?.availability).toBe("away");
    expect(await send({ intent: "leave", orgId: org.orgId })).toMatchObject({
      status: 302,
      location: "/settings?done=left#organisations",
    });
    const { data } = await outcome(loader(call(cookie, "/settings")));
    expect((data as { frame: { profile: { organisations: unknown[] } } }).frame.profile.organisations).toEqual([]);
  });
});
