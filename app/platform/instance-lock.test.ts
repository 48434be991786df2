import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdInstance } from "./instance-lock.server";
import { identifyProcess } from "./postgres/process-identity.server";

let folder: string;
let other: ChildProcess;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guazu-lock-"));
  other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
});
afterEach(() => {
  other.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** What a server on port 4321, running as the child process, would have left. */
function heldByOther(started?: string) {
  const identity = identifyProcess(other.pid)!;
  const record = { ...identity, since: "2026-11-22T10:00:00.000Z", details: { port: 4321 } };
  writeFileSync(join(folder, "server.lock"), JSON.stringify(started === undefined ? record : { ...record, started }));
}

describe("holdInstance", () => {
  it("names who holds the folder, since when, and what it serves", () => {
    heldByOther();
    let message = "";
    try {
      holdInstance(folder, { port: 3000 });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(folder);
    expect(message).toContain(`process ${other.pid}, since 2026-11-22 10:00:00 UTC, serving http://127.0.0.1:4321`);
    expect(message).not.toContain("\n");
  });

  it("refuses a second hold and gives the folder back on release", () => {
    const held = holdInstance(folder, { port: 3000 });
    expect(() => holdInstance(folder, { port: 3001 })).toThrow(/serving http:\/\/127\.0\.0\.1:3000/);
    held.release();
    const again = holdInstance(folder, { port: 3001 });
    held.release();
    expect(JSON.parse(readFileSync(join(folder, "server.lock"), "utf8")).details.port).toBe(3001);
    again.release();
  });

  it("takes over from a holder that was killed", async () => {
    heldByOther();
    const ended = once(other, "exit");
    other.kill("SIGKILL");
    await ended;
    holdInstance(folder, { port: 3000 }).release();
  });

  it("takes over when another process got the dead holder's number", () => {
    heldByOther("long ago");
    holdInstance(folder, { port: 3000 }).release();
  });

  it("makes the folder when it is missing", () => {
    holdInstance(join(folder, "a", "b"), { port: 3000 }).release();
  });
});
