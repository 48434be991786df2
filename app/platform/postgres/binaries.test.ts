import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completeLinks, copyPackage } from "./binaries.server";

let folder: string;
let from: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "guazu-binaries-"));
  from = join(folder, "package");
  fs.mkdirSync(join(from, "native/bin"), { recursive: true });
  fs.mkdirSync(join(from, "native/lib"));
  fs.writeFileSync(join(from, "native/bin/postgres"), "binary", { mode: 0o700 });
  fs.writeFileSync(join(from, "native/lib/libx.so.1.2"), "library", { mode: 0o600 });
  fs.writeFileSync(join(from, "native/lib/libx.a"), "for linkers");
  const links = [
    { source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" },
    { source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" },
  ];
  fs.writeFileSync(join(from, "native/pg-symlinks.json"), JSON.stringify(links));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("completeLinks", () => {
  it("makes the links that npm left out, beside those that are there", () => {
    fs.symlinkSync("libx.so.1.2", join(from, "native/lib/libx.so"));
    expect(completeLinks(from)).toBe(true);
    expect(fs.readlinkSync(join(from, "native/lib/libx.so.1"))).toBe("libx.so.1.2");
    expect(fs.readFileSync(join(from, "native/lib/libx.so.1"), "utf8")).toBe("library");
  });

  it("says when a link cannot be made", () => {
    fs.rmSync(join(from, "native/lib"), { recursive: true });
    expect(completeLinks(from)).toBe(false);
  });
});

describe("copyPackage", () => {
  it("copies a whole, open package once, links kept and made", () => {
    fs.symlinkSync("libx.so.1.2", join(from, "native/lib/libx.so"));
    const copy = copyPackage(from, "18.4", join(folder, "system"));
    const lib = join(copy, "native/lib");
    expect(fs.readdirSync(lib).sort()).toEqual(["libx.so", "libx.so.1", "libx.so.1.2"]);
    expect(fs.readlinkSync(join(lib, "libx.so"))).toBe("libx.so.1.2");
    expect(fs.statSync(join(copy, "native/bin/postgres")).mode & 0o777).toBe(0o755);
    expect(fs.statSync(join(lib, "libx.so.1.2")).mode & 0o777).toBe(0o644);
    fs.rmSync(from, { recursive: true });
    expect(copyPackage(from, "18.4", join(folder, "system"))).toBe(copy);
  });

  it("leaves nothing behind when the copy fails", () => {
    fs.rmSync(join(from, "native"), { recursive: true });
    expect(() => copyPackage(from, "18.4", join(folder, "system"))).toThrow(/ENOENT/);
    expect(fs.readdirSync(join(folder, "system"))).toEqual([]);
  });
});
