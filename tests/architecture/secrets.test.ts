import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SECRET = "[\\w.?()]*(?:secret(?:Key)?|token|signature|digest|hmac|password|hash|apiKey)(?:\\(\\))?";
const PLAIN = "[\\w.?()\\[\\]]+";
const COMPARED = new RegExp(`(${SECRET})\\s*[!=]==?\\s*(${PLAIN})|(${PLAIN})\\s*[!=]==?\\s*(${SECRET})\\b`, "giu");
/** Compared with these, a value tells whether it is there, and no more. */
const NOTHING = /^(?:null|undefined|true|false|\d+|typeof|void)$/;

/** Where nothing secret is compared: our own key with itself, and a body with the body before it. */
const ALLOWED = [
  "app/modules/accounts/settings.server.ts cookieKey?.of secretKey",
  "app/platform/once/once.server.ts theirs.requestHash requestHash",
];

/** Comparisons of secrets that stop at the first difference, as `file left right`. */
function quickComparisons(file: string, text: string): string[] {
  const code = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[\s\S]*?\*\//g, "true");
  return [...code.matchAll(COMPARED)].flatMap(([, left, right, other, secret]) => {
    const sides = [left ?? other ?? "", right ?? secret ?? ""].map((side) => side.replace(/^\(+|\)+$/g, ""));
    const matters = !sides.some((side) => NOTHING.test(side)) && !sides.some((side) => /\.length$/.test(side));
    return matters ? [`${file} ${sides.join(" ")}`] : [];
  });
}

it("a secret is compared in a time that tells nothing of it, and never by === (TC13)", () => {
  const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "app", "server.ts"]);
  const files = String(tracked)
    .split("\n")
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && existsSync(file));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => quickComparisons(file, readFileSync(file, "utf8")))).toEqual(ALLOWED);
  // The rule sees what it is for.
  for (const wrong of [
    "if (token === given) x()",
    "row.tokenHash !== hash",
    "return a === appSecret;",
    "given == env().secretToken",
  ])
    expect(quickComparisons("x.ts", wrong), wrong).toHaveLength(1);
  for (const right of [
    "token !== null",
    'type === "password"',
    "const same = sameSecret(a, token)",
    "hash === undefined",
  ])
    expect(quickComparisons("x.ts", right), right).toEqual([]);
});
