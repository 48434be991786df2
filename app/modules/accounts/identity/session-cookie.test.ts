import { afterEach, describe, expect, test } from "vitest";
import { configureAccounts } from "../settings.server";
import { endedSessionCookie, organisationCookie, sessionCookie, sessionTokenOf } from "./session-cookie.server";

const settings = {
  publicUrl: "http://localhost:3000",
  secretKey: "k".repeat(64),
  smtpUrl: undefined,
  production: true,
};
const TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEF";
const pairOf = (setCookie: string) => setCookie.split(";", 1)[0] as string;

afterEach(() => configureAccounts(settings));

describe("session cookie", () => {
  test("over http", () => {
    configureAccounts(settings);
    expect(sessionCookie(TOKEN)).toMatch(/^guazu\.session=[^;]+; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("over https it is Secure and bound to the host", () => {
    configureAccounts({ ...settings, publicUrl: "https://chat.example.test" });
    for (const cookie of [sessionCookie(TOKEN), endedSessionCookie()]) {
      expect(cookie).toMatch(/^__Host-guazu\.session=[^;]*; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
      expect(cookie).not.toMatch(/domain/i);
    }
    expect(organisationCookie("x")).toMatch(/Secure$/);
  });

  test("is small", () => {
    configureAccounts(settings);
    expect(sessionCookie(TOKEN).length).toBeLessThan(250);
  });

  test("comes back among others", () => {
    configureAccounts(settings);
    expect(sessionTokenOf(`a=1; ${pairOf(sessionCookie(TOKEN))}; lang=es`)).toBe(TOKEN);
    expect(sessionTokenOf("a=1; lang=es")).toBeNull();
    expect(sessionTokenOf(null)).toBeNull();
  });

  test("is not taken when somebody else made it", () => {
    configureAccounts(settings);
    const good = pairOf(sessionCookie(TOKEN));
    configureAccounts({ ...settings, secretKey: "x".repeat(64) });
    expect(sessionTokenOf(good)).toBeNull();
    configureAccounts(settings);
    for (const bad of [
      `guazu.session=${TOKEN}`,
      `guazu.session=${TOKEN}.`,
      `guazu.session=.${TOKEN}`,
      good.replace("abcdef", "abcdeg"),
      `${good}x`,
      "guazu.session=%E0%A4%A",
      `guazu.session=${"x".repeat(5_000)}`,
      `xguazu.session=${good.slice(good.indexOf("=") + 1)}`,
    ]) {
      expect(sessionTokenOf(bad)).toBeNull();
    }
    expect(sessionTokenOf(good)).toBe(TOKEN);
  });

  test("over https the unprefixed name is not read", () => {
    configureAccounts(settings);
    const unprefixed = pairOf(sessionCookie(TOKEN));
    configureAccounts({ ...settings, publicUrl: "https://chat.example.test" });
    expect(sessionTokenOf(unprefixed)).toBeNull();
  });
});
