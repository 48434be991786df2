import { describe, expect, it } from "vitest";
import { keepPreferences } from "./keep-preferences.server";
import { ownPath } from "./own-path";

describe("ownPath", () => {
  it.each(["/", "/inbox?view=mine", "/c/demo?text=hola%20a#x", "/a//b", "/inbox?next=https://x.example/"])(
    "goes back to %s",
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "inbox",
    "",
    " /inbox",
    null,
    7,
  ])("never follows %j", (wish) => {
    expect(ownPath(wish)).toBe("/");
  });
});

async function send(fields: Record<string, string>, url = "http://guazu.test/?index") {
  const request = new Request(url, { method: "POST", body: new URLSearchParams(fields) });
  return keepPreferences(request);
}

describe("the action", () => {
  it("sets both cookies and goes back", async () => {
    const answer = await send({ language: "pt", theme: "dark", redirectTo: "/login?x=1" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toBe("/login?x=1");
    expect(answer.headers.getSetCookie()).toEqual([
      "lang=pt; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
      "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
    ]);
  });

  it("takes a language that was there already for no choice, so that an account's own can follow", async () => {
    const answer = await send({ language: "es", theme: "dark" });
    expect(answer.headers.getSetCookie().join()).not.toContain("lang=");
  });

  it("marks them Secure over https", async () => {
    const answer = await send({ theme: "light" }, "https://guazu.test/?index");
    expect(answer.headers.getSetCookie()).toEqual([
      "theme=light; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure",
    ]);
  });

  it("writes nothing of what it does not know into a cookie", async () => {
    const answer = await send({
      language: "xx; Domain=evil",
      theme: "dark\r\nSet-Cookie: a=b",
      redirectTo: "//evil.example",
    });
    expect(answer.headers.getSetCookie()).toEqual(["theme=system; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"]);
    expect(answer.headers.get("Location")).toBe("/");
  });
});
