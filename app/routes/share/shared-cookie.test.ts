import { expect, it } from "vitest";
import { wordsOfParcel } from "~/platform/kept/shared-parcel";
import { readShared, sharedCookie } from "./shared-cookie";

const valueIn = (cookie: string) => cookie.split(";", 1)[0]?.slice("shared=".length);

it.each(["", '¡Hola! 👋 "x"; y=1, <b>', "línea\notra"])("brings %j through a cookie as it is", (text) => {
  const cookie = sharedCookie(text, true);
  expect(cookie).toMatch(/^shared=[\w+/=]*; Path=\/share; Max-Age=3600; SameSite=Lax$/);
  expect(readShared(valueIn(cookie))).toEqual({ text, cut: false, lostFiles: true });
});

it("cuts what no cookie takes, between letters, and says so", () => {
  const cookie = sharedCookie("ñandú 🦌".repeat(2_000), false);
  expect(cookie.length).toBeLessThan(4_000);
  const words = readShared(valueIn(cookie));
  expect(words).toMatchObject({ cut: true, lostFiles: false });
  expect("ñandú 🦌".repeat(2_000).startsWith(words?.text ?? "x")).toBe(true);
});

it.each([undefined, "", "%%%", "bnVsbA==", btoa("[]"), btoa('{"text":1}')])("is nothing where %j stands", (value) =>
  expect(readShared(value)).toBeNull(),
);

it.each([
  [{ title: "Nota", text: "Mirá esto", url: "https://a.test" }, "Nota\nMirá esto\nhttps://a.test"],
  [{ title: "Nota", text: "Nota: https://a.test", url: "https://a.test" }, "Nota: https://a.test"],
  [{ title: " ", text: "a\u0000b" }, "ab"],
  [{}, ""],
])("makes one text of %j", (fields, text) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  expect(wordsOfParcel(form)).toBe(text);
});
