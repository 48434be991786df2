import { afterEach, describe, expect, test } from "vitest";
import { toLanguage } from "~/i18n/languages";
import { readEnv, setEnv } from "~/platform/env.server";
import {
  choseLanguage,
  endedSessionCookie,
  languageCookie,
  organisationCookie,
  sessionCookie,
  sessionTokenOf,
} from "./session-cookie.server";

const settings = { PUBLIC_URL: "http://localhost:3000", SECRET_KEY: "k".repeat(64) };
const take = (over: object = {}) => setEnv(readEnv({ ...settings, ...over }));
const TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEF";
const pairOf = (setCookie: string) => setCookie.split(";", 1)[0] as string;

afterEach(() => setEnv(undefined));

describe("session cookie (TC4)", () => {
  test("over http", () => {
    take();
    expect(sessionCookie(TOKEN)).toMatch(/^guazu\.session=[^;]+; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("over https it is Secure and bound to the host", () => {
    take({ PUBLIC_URL: "https://chat.example.test" });
    for (const cookie of [sessionCookie(TOKEN), endedSessionCookie()]) {
      expect(cookie).toMatch(/^__Host-guazu\.session=[^;]*; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
      expect(cookie).not.toMatch(/domain/i);
    }
    expect(organisationCookie("x")).toMatch(/Secure$/);
  });

  test("is small", () => {
    take();
    expect(sessionCookie(TOKEN).length).toBeLessThan(250);
  });

  test("comes back among others", () => {
    take();
    expect(sessionTokenOf(`a=1; ${pairOf(sessionCookie(TOKEN))}; lang=es`)).toBe(TOKEN);
    expect(sessionTokenOf("a=1; lang=es")).toBeNull();
    expect(sessionTokenOf(null)).toBeNull();
  });

  test("is not taken when somebody else made it", () => {
    take();
    const good = pairOf(sessionCookie(TOKEN));
    take({ SECRET_KEY: "x".repeat(64) });
    expect(sessionTokenOf(good)).toBeNull();
    take();
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
    take();
    const unprefixed = pairOf(sessionCookie(TOKEN));
    take({ PUBLIC_URL: "https://chat.example.test" });
    expect(sessionTokenOf(unprefixed)).toBeNull();
  });
});

test("a language is this browser's choice, or the account's, which the next account replaces", () => {
  take();
  expect(choseLanguage("theme=dark; lang=pt")).toBe(true);
  const ofAccount = pairOf(languageCookie("pt"));
  expect(choseLanguage(`theme=dark; ${ofAccount}`)).toBe(false);
  expect(toLanguage(ofAccount.split("=")[1])).toBe("pt");
  for (const none of [null, "", "lang=", "lang=xx", pairOf(languageCookie(null))])
    expect(choseLanguage(none)).toBe(false);
});
