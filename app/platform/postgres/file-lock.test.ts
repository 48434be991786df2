import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tryFileLock, waitForFileLock } from "./file-lock.server";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guazu-lock-"));
  path = join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const longAgo = new Date(Date.now() - 60_000);

describe("tryFileLock", () => {
  it("gives the lock to one, and tells the others who has it", () => {
    const first = tryFileLock(path, { port: 1 });
    const second = tryFileLock(path);
    expect(first.lock).toBeDefined();
    expect(second).toMatchObject({ lock: undefined, heldBy: { pid: process.pid, details: { port: 1 } } });
    first.lock?.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("waits for a writer that has created the file and not filled it yet", () => {
    writeFileSync(path, "");
    expect(tryFileLock(path)).toEqual({ lock: undefined, heldBy: undefined });
  });

  it("takes a file that a crash left empty", () => {
    writeFileSync(path, "");
    utimesSync(path, longAgo, longAgo);
    expect(tryFileLock(path).lock).toBeDefined();
  });

  it("leaves a stale lock alone while another takes it over, and not when that one crashed", () => {
    writeFileSync(path, "");
    utimesSync(path, longAgo, longAgo);
    writeFileSync(`${path}.takeover`, "");
    expect(tryFileLock(path).lock).toBeUndefined();
    utimesSync(`${path}.takeover`, longAgo, longAgo);
    expect(tryFileLock(path).lock).toBeUndefined();
    expect(tryFileLock(path).lock).toBeDefined();
  });
});

describe("waitForFileLock", () => {
  it("lets everyone in, one at a time", async () => {
    let inside = 0;
    const most: number[] = [];
    const visit = async () => {
      const lock = await waitForFileLock(path, 20_000);
      inside += 1;
      most.push(inside);
      await new Promise((done) => setImmediate(done));
      inside -= 1;
      lock.release();
    };
    await Promise.all(Array.from({ length: 8 }, visit));
    expect(most).toEqual(Array(8).fill(1));
  });

  it("names the holder when it gives up", async () => {
    tryFileLock(path);
    await expect(waitForFileLock(path, 0)).rejects.toThrow(`held by process ${process.pid}`);
  });
});
