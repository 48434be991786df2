import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { identifyProcess, isStillRunning } from "./process-identity.server";

describe("identifyProcess", () => {
  it("knows this process and tells it from another with its number", () => {
    const me = identifyProcess()!;
    expect(me.pid).toBe(process.pid);
    expect(isStillRunning(me)).toBe(true);
    if (existsSync("/proc/self/stat")) expect(isStillRunning({ ...me, started: `${me.started}1` })).toBe(false);
  });

  it("counts an unknown start time as the same process", () => {
    expect(isStillRunning({ pid: process.pid, started: "" })).toBe(true);
  });

  it("knows that a killed process is gone", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const identity = identifyProcess(child.pid)!;
    expect(isStillRunning(identity)).toBe(true);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    expect(isStillRunning(identity)).toBe(false);
  });

  it("refuses numbers that name process groups", () => {
    expect(identifyProcess(0)).toBeUndefined();
    expect(identifyProcess(-1)).toBeUndefined();
    expect(identifyProcess(Number.NaN)).toBeUndefined();
  });
});
