import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildFingerprint, isInstalled } from "./fingerprint.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "guazu-fingerprint-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

describe("buildFingerprint", () => {
  const changed = (work) => {
    const before = buildFingerprint(root);
    work();
    return buildFingerprint(root) !== before;
  };
  beforeEach(() => {
    put("app/a.ts", "one");
    put("server.ts", "server");
  });

  it("changes with what is built: contents, names, new and lost files", () => {
    expect(changed(() => put("app/a.ts", "two"))).toBe(true);
    expect(changed(() => put("app/deep/b.ts", "b"))).toBe(true);
    expect(changed(() => put("server.ts", "other"))).toBe(true);
    expect(changed(() => put("package-lock.json", "{}"))).toBe(true);
    expect(changed(() => rmSync(join(root, "app/deep/b.ts")))).toBe(true);
  });

  it("stays over tests, other folders and new times", () => {
    expect(changed(() => put("app/a.test.ts", "test"))).toBe(false);
    expect(changed(() => put("docs/a.md", "text"))).toBe(false);
    expect(changed(() => utimesSync(join(root, "app/a.ts"), 1, 1))).toBe(false);
  });

  it("tells a move of text from one file to the next", () => {
    put("app/b.ts", "two");
    const move = () => {
      put("app/a.ts", "onet");
      put("app/b.ts", "wo");
    };
    expect(changed(move)).toBe(true);
  });
});

describe("isInstalled", () => {
  const linux = { platform: "linux", arch: "x64" };
  const plain = { version: "1.0.0", integrity: "sha512-a" };
  const lock = (packages) => put("package-lock.json", { packages: { "": { name: "guazuapp" }, ...packages } });
  const installed = (packages) => put("node_modules/.package-lock.json", { packages });

  it("wants an install that came to its end", () => {
    lock({ "node_modules/a": plain });
    expect(isInstalled(root, linux)).toBe(false);
    installed({ "node_modules/a": plain });
    expect(isInstalled(root, linux)).toBe(true);
  });

  it("sees another version, other contents and a missing package", () => {
    lock({ "node_modules/a": plain });
    installed({ "node_modules/a": { ...plain, version: "1.0.1" } });
    expect(isInstalled(root, linux)).toBe(false);
    installed({ "node_modules/a": { ...plain, integrity: "sha512-b" } });
    expect(isInstalled(root, linux)).toBe(false);
    installed({});
    expect(isInstalled(root, linux)).toBe(false);
  });

  it("wants the optional packages of this system and no other", () => {
    const mac = { ...plain, optional: true, os: ["darwin"], cpu: ["arm64"] };
    const notWindows = { ...plain, optional: true, os: ["!win32"] };
    const musl = { ...plain, optional: true, os: ["linux"], cpu: ["x64"], libc: ["musl"] };
    const any = { ...plain, optional: true };
    lock({
      "node_modules/mac": mac,
      "node_modules/not": notWindows,
      "node_modules/musl": musl,
      "node_modules/any": any,
    });
    installed({ "node_modules/not": notWindows });
    expect(isInstalled(root, linux)).toBe(true);
    expect(isInstalled(root, { platform: "darwin", arch: "arm64" })).toBe(false);
    installed({});
    expect(isInstalled(root, linux)).toBe(false);
    expect(isInstalled(root, { platform: "win32", arch: "x64" })).toBe(true);
  });
});
