import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  test.each(["/", "/inbox", "/inbox/0192?x=1&y=%2F#last", "/c/demo?text=hola%20che", "/invite/abc-_DEF", "/a%2F%2Fb"])(
    "keeps %s",
    (path) => expect(safeNext(path)).toBe(path),
  );

  test.each([
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "\t//evil.test",
    " //evil.test",
    "/.//evil.test",
    "/..//evil.test",
    "/a/..//evil.test",
    "/%2e//evil.test",
    "https://evil.test",
    "https:evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.test",
    "@evil.test",
    "",
    undefined,
    null,
    7,
    ["/inbox"],
    `/${"a".repeat(3_000)}`,
  ])("does not follow %j", (wanted) => {
    expect(safeNext(wanted, "/home")).toBe("/home");
  });

  test("whatever is asked, a browser stays on this site", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "//",
      "%2f",
      "%5c",
      "%2e",
      "\t",
      "\n",
      "@",
      ":",
      "evil.test",
      "javascript:",
      "?",
      "#",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const went = new URL(safeNext(pieces.join("")), "https://guazu.test/login");
        expect(went.origin).toBe("https://guazu.test");
      }),
      { numRuns: 2_000 },
    );
  });
});
