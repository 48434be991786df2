import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLinks } from "./find-links";

const links = (text: string) => findLinks(text).flatMap((part) => part.href ?? []);

describe("findLinks", () => {
  it.each([
    ["mirá https://guazu.app/c/demo.", ["https://guazu.app/c/demo"]],
    ["(http://a.com/x)", ["http://a.com/x"]],
    ["https://es.wikipedia.org/wiki/Mate_(infusión), dale", ["https://es.wikipedia.org/wiki/Mate_(infusi%C3%B3n)"]],
    ["https://a.com y https://b.com?x=1&y=2#z!", ["https://a.com/", "https://b.com/?x=1&y=2#z"]],
    ["HTTPS://A.COM/Ñ", ["https://a.com/%C3%91"]],
    ["\"https://a.com\"'https://b.com'", ["https://a.com/", "https://b.com/"]],
  ])("finds the addresses in %j", (text, found) => {
    expect(links(text)).toEqual(found);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "jaVascript://https%0aalert(1)",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "ftp://a.com/",
    "mailto:a@b.c",
    "https://",
    "http:///",
    "https://bank.example@evil.example/login",
    "https://user:pass@evil.example",
    `https://a.com/${"x".repeat(3000)}`,
    "a.b/c.html",
  ])("makes no link of %j (TE2)", (text) => {
    expect(links(text)).toEqual([]);
  });

  it("stops before marks that reverse the reading direction", () => {
    expect(findLinks("https://a.com/\u202egpj.exe")).toEqual([
      { text: "https://a.com/", href: "https://a.com/" },
      { text: "\u202egpj.exe" },
    ]);
  });

  it("does not let markup into an address", () => {
    expect(links('https://a.com/"onmouseover="alert(1)')).toEqual(["https://a.com/"]);
    expect(links("https://a.com/<script>")).toEqual(["https://a.com/"]);
  });

  it("loses and adds nothing, whatever the text", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((s) => `x https://a.com/${s}) y`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parts = findLinks(text);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\/[^@]/);
      }),
    );
  });
});
