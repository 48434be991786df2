import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./security-headers.server";

const rulesOf = (policy: string) =>
  new Map(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]));

describe("a page's policy", () => {
  it("runs our scripts and those with the nonce, talks to our own host, and loads nothing else", () => {
    const rules = rulesOf(contentSecurityPolicy(new URL("https://chat.example/inbox"), "n0nce"));
    expect(Object.fromEntries(rules)).toMatchObject({
      "default-src": "'self'",
      "script-src": "'self' 'nonce-n0nce'",
      "connect-src": "'self' wss://chat.example",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "frame-ancestors": "'none'",
    });
  });

  it("lets a page without TLS use both kinds of socket to its host, and development Vite's", () => {
    const page = new URL("http://localhost:3000/");
    expect(rulesOf(contentSecurityPolicy(page, "n")).get("connect-src")).toBe(
      "'self' ws://localhost:3000 wss://localhost:3000",
    );
    expect(rulesOf(contentSecurityPolicy(page, "n", { development: true })).get("connect-src")).toContain(
      " ws://127.0.0.1:*",
    );
  });

  it("lets the sites that are named frame what is below /c/, and nobody anything else (TD4)", () => {
    const frames = (path: string, frameSites?: string) =>
      rulesOf(contentSecurityPolicy(new URL(path, "https://a.test"), "n", { frameSites })).get("frame-ancestors");
    expect(frames("/c/demo")).toBe("'self'");
    expect(frames("/c/demo", "https://shop.example")).toBe("'self' https://shop.example");
    expect(frames("/inbox", "https://shop.example")).toBe("'none'");
    expect(["/", "/c", "/chats/1", "/x/c/demo"].map((path) => frames(path))).toEqual(Array(4).fill("'none'"));
  });

  it("has a nonce that nobody can guess", () => {
    const nonces = new Set(Array.from({ length: 1_000 }, newNonce));
    expect(nonces.size).toBe(1_000);
    for (const nonce of nonces) expect(Buffer.from(nonce, "base64").length).toBe(16);
  });
});

it("sends browsers to TLS only where the site has it", () => {
  const names = (https: boolean) => securityHeaders("/", https).map(([name]) => name);
  expect(names(true)).toContain("strict-transport-security");
  expect(names(false)).not.toContain("strict-transport-security");
});
