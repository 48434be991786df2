import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import rules from "./dependency-rules.json";

type Facts = {
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  inBundle?: boolean;
};
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Facts> };
/** Every installed package, by the name that it is installed as. */
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, facts]) => ({ path, name: path.slice(path.lastIndexOf("node_modules/") + 13), ...facts }));
const FLOORS: Record<string, string[]> = rules.floors;

function isOlder(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split("-")[0]?.split(".").map(Number) ?? []);
  for (let place = 0; place < 3; place++) {
    const difference = (have?.[place] ?? 0) - (need?.[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes("-");
}

/** A line that is still mended has a floor of its own; any other version is held against the newest. */
function isBelow(version: string, floors: readonly string[]): boolean {
  const line = floors.find((floor) => floor.split(".")[0] === version.split(".")[0]);
  return isOlder(version, line ?? floors.at(-1) ?? "0");
}

const allows = (patterns: readonly string[], name: string) =>
  patterns.some((pattern) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name));

describe("what is installed (TM1)", () => {
  it("is no older than the oldest version without a known hole", () => {
    expect(isOlder("2.17.4", "2.17.5")).toBe(true);
    expect(isOlder("2.18.0", "2.17.5")).toBe(false);
    expect(isOlder("2.17.5-pre.1", "2.17.5")).toBe(true);
    expect(isBelow("6.24.1", ["6.24.0", "7.24.0"])).toBe(false);
    expect(isBelow("5.9.0", ["6.24.0", "7.24.0"])).toBe(true);
    // What only a tool of a tool brings along is reached by nobody from outside.
    const ours = packages.filter(({ path, dev }) => !dev || path.lastIndexOf("node_modules/") === 0);
    const old = ours.filter(({ name, version }) => FLOORS[name] && isBelow(version ?? "0", FLOORS[name]));
    expect(old.map(({ name, version }) => `${name} ${version}`)).toEqual([]);
  });

  it("comes from the registry, whole and as it was when it was chosen", () => {
    // What lies within another's archive is held by that one's.
    const single = packages.filter(({ inBundle }) => !inBundle);
    const loose = single.filter(({ integrity, link }) => link || !/^sha(256|384|512)-/.test(integrity ?? ""));
    expect(loose.map(({ name }) => name)).toEqual([]);
    // No address of a registry stands in the lock, and so none of a repository or a folder either.
    expect(packages.filter(({ resolved }) => resolved !== undefined).map(({ name }) => name)).toEqual([]);
  });

  it("runs nothing of its own while it is installed, but for what is known", () => {
    const running = packages.filter(
      ({ name, hasInstallScript }) => hasInstallScript && !allows(rules.installScripts, name),
    );
    expect(running.map(({ name }) => name)).toEqual([]);
  });

  it("may be used: the licences of what serves are among those that were agreed to (TM2)", () => {
    const besides = Object.entries(rules.otherLicences);
    const isAgreed = (licence: string) =>
      licence
        .replaceAll(/[()]/g, "")
        .split(/ OR /)
        .some((choice) => choice.split(" AND ").every((one) => rules.licences.includes(one)));
    const others = packages
      .filter(({ dev, devOptional }) => !dev && !devOptional)
      .map(({ name, license = "none" }) => ({ name, licence: license }))
      .filter(({ licence }) => !isAgreed(licence))
      .filter(
        ({ name, licence }) => !besides.some(([pattern, agreed]) => allows([pattern], name) && agreed === licence),
      );
    expect(others).toEqual([]);
  });
});

const SECRETS: Record<string, RegExp> = {
  "a private key": /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/,
  "a key of Amazon": /\bAKIA[0-9A-Z]{16}\b/,
  "a token of GitHub": /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  "a token of Meta": /\bEAA[A-Za-z0-9]{60,}/,
  "a key of Google": /\bAIza[0-9A-Za-z_-]{35}\b/,
  "a token of npm": /\bnpm_[A-Za-z0-9]{36}\b/,
  "a token of Slack": /\bxox[abprs]-[0-9A-Za-z-]{20,}/,
  "a token of GuazuApp": /\bgza_[A-Za-z0-9_-]{40,}/,
  "a password in an address":
    /\b(?:postgres(?:ql)?|rediss?|smtps?|https?):\/\/[^\s:/@"'`$<{]+:(?!password@)[^\s@"'`$<{…]{12,}@(?!127\.0\.0\.1|localhost|b\/|host)/,
};

describe("the tracked files (TM2)", () => {
  it("hold no secret", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
    const text = files.filter((path) => !/\.(png|ico|woff2|jpg)$|package-lock\.json$/.test(path));
    expect(text.length).toBeGreaterThan(300);
    const found = text.flatMap((path) => {
      const content = readFileSync(path, "utf8");
      return Object.entries(SECRETS).flatMap(([what, pattern]) => (pattern.test(content) ? [`${path}: ${what}`] : []));
    });
    expect(found).toEqual([]);
    expect(files.filter((path) => /(^|\/)\.env$|secret\.key$|\.pem$/.test(path))).toEqual([]);
  });
});
