import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { asSystem } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import {
  client,
  heard,
  makeAccount,
  openSession,
  PASSWORD,
  refusal,
  request,
  settings,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { adoptRateLimiter } from "../identity/throttle.server";
import { signIn } from "../sessions/sign-in.server";
import { findActor } from "../visitor/find-actor.server";
import { completeReset, createResetLink, isResetLinkAlive, requestReset } from "./reset-password.server";

withDatabase();

const NEW = "dulce de mamón casero";
const linksOf = (accountId: string) =>
  asSystem("test", (tx) => tx.select().from(schema.verification).where(eq(schema.verification.value, accountId)));

async function linkFor(email: string): Promise<{ link: string; token: string }> {
  const made = await createResetLink(email);
  if (!made) throw new Error("no account");
  return { link: made.link, token: new URL(made.link).searchParams.get("token") as string };
}
const complete = (token: string, newPassword = NEW) => completeReset({ token, newPassword, client: client() });

describe("a reset link (TC8)", () => {
  test("lives on our own address, for at most an hour, and only its hash is stored", async () => {
    const ana = await makeAccount();
    const { link, token } = await linkFor(ana.email);
    expect(link).toMatch(/^https:\/\/guazu\.test\/reset\?token=[A-Za-z0-9_-]{43}$/);
    const [stored] = await linksOf(ana.accountId);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect((stored?.expiresAt.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThanOrEqual(60 * 60_000);
  });

  test("sets the password once; all sessions end (TC3)", async () => {
    const ana = await makeAccount();
    const here = await openSession(ana.accountId);
    const { token } = await linkFor(ana.email);
    expect(await isResetLinkAlive(token, client())).toBe(true);
    const events = await heard(() => complete(token));
    expect(events).toEqual([
      { name: "session.ended", data: { accountId: ana.accountId, sessionId: null, keep: null } },
    ]);
    expect(await findActor(request(here.cookie))).toBeNull();
    await signIn({ email: ana.email, password: NEW, client: client() });
    await expect(complete(token, `${NEW} otra vez`)).rejects.toEqual(refusal(422, "reset_link_dead"));
    expect(await isResetLinkAlive(token, client())).toBe(false);
  });

  test("used twice at the same moment sets one password", async () => {
    const ana = await makeAccount();
    const { token } = await linkFor(ana.email);
    const results = await Promise.allSettled([complete(token), complete(token, `${NEW} también`)]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("dies when a newer one is made", async () => {
    const ana = await makeAccount();
    const [old, fresh] = [await linkFor(ana.email), await linkFor(ana.email)];
    await expect(complete(old.token)).rejects.toEqual(refusal(422, "reset_link_dead"));
    await complete(fresh.token);
  });

  test("dies of age", async () => {
    const ana = await makeAccount();
    const { token } = await linkFor(ana.email);
    await asSystem("test", (tx) =>
      tx
        .update(schema.verification)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(schema.verification.value, ana.accountId)),
    );
    await expect(complete(token)).rejects.toEqual(refusal(422, "reset_link_dead"));
    await signIn({ email: ana.email, password: PASSWORD, client: client() });
  });

  test("opens its own account and no other", async () => {
    const [ana, eva] = [await makeAccount(), await makeAccount("Eva")];
    const { token } = await linkFor(ana.email);
    await linkFor(eva.email);
    await complete(token);
    await signIn({ email: eva.email, password: PASSWORD, client: client() });
    await expect(signIn({ email: eva.email, password: NEW, client: client() })).rejects.toMatchObject({ status: 401 });
  });

  test("a password that the rules refuse does not use it up", async () => {
    const ana = await makeAccount();
    const { token } = await linkFor(ana.email);
    await expect(complete(token, "corta")).rejects.toEqual(refusal(422, "password_too_short"));
    await complete(token);
  });

  test("guesses are refused, and throttled", async () => {
    const guess = (i: number) => complete(`${String(i).padStart(43, "A")}`);
    for (let i = 0; i < 50; i++) await expect(guess(i)).rejects.toEqual(refusal(422, "reset_link_dead"));
    await expect(guess(50)).rejects.toEqual(refusal(429, "too_many_requests"));
    for (const odd of ["", "%", "' or 1=1 --", "x".repeat(5_000)]) {
      await expect(
        completeReset({ token: odd, newPassword: NEW, client: client({ address: "192.0.2.1" }) }),
      ).rejects.toEqual(refusal(422, "reset_link_dead"));
    }
  });
});

describe("asking for one", () => {
  test("answers the same for every address, with or without an account (TC6, TA9)", async () => {
    const ana = await makeAccount();
    const answers = [];
    for (const email of [ana.email, "nobody@example.test", "no address", ""]) {
      answers.push(await requestReset({ email, client: client() }));
    }
    expect(new Set(answers)).toEqual(new Set([undefined]));
  });

  test("without a mail server makes no link in production, and logs it elsewhere", async () => {
    const ana = await makeAccount();
    const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
    await requestReset({ email: ana.email, client: client() });
    setEnv(readEnv({ ...settings, NODE_ENV: "development" }));
    await requestReset({ email: ana.email.toUpperCase(), client: client() });
    await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(1));
    const [{ link }] = warned.mock.calls[0] as unknown as [{ link: string }];
    warned.mockRestore();
    await complete(new URL(link).searchParams.get("token") as string);
  });

  test("is throttled for each address asked about", async () => {
    adoptRateLimiter(memoryRateLimiter());
    const ask = (email: string, address: string) => requestReset({ email, client: client({ address }) });
    for (let i = 0; i < 4; i++) await ask("nobody@example.test", `192.0.2.${i}`);
    await expect(ask("NOBODY@example.test", "192.0.2.9")).rejects.toEqual(refusal(429, "too_many_requests"));
    await ask("somebody@example.test", "192.0.2.9");
  });
});

test("who has no account gets no link from the command line either", async () => {
  expect(await createResetLink("nobody@example.test")).toBeNull();
});
