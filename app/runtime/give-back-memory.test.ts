import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createGiver, giveBackMemory } from "./give-back-memory.server";

const MB = 1024 * 1024;

/** A heap that holds 60 MB, with what lies about beside them. */
function fakeHeap() {
  const state = { garbage: 0, busy: 0, collected: 0 };
  const look = createGiver({
    used: () => 60 * MB + state.garbage,
    busy: () => state.busy,
    collect: () => {
      state.collected++;
      state.garbage = 0;
    },
  });
  return { state, look };
}

describe("memory after a rush", () => {
  it("is collected once there is time, and once", () => {
    const { state, look } = fakeHeap();
    look();
    state.garbage = 400 * MB;
    state.busy = 0.9;
    look();
    expect(state.collected).toBe(0);
    state.busy = 0.1;
    look();
    look();
    look();
    expect(state.collected).toBe(1);
    state.garbage = 400 * MB;
    look();
    expect(state.collected).toBe(2);
  });

  it("is left to V8 where there is little to gain", () => {
    const { state, look } = fakeHeap();
    look();
    state.garbage = 40 * MB;
    look();
    expect(state.collected).toBe(0);
  });

  it("is looked at without a file, so that a process without a descriptor left lives on (F30)", () => {
    vi.useFakeTimers();
    const stop = giveBackMemory();
    const usage = vi.spyOn(process, "memoryUsage").mockImplementation(() => {
      throw new Error("EMFILE: too many open files, uv_resident_set_memory");
    });
    try {
      expect(() => vi.advanceTimersByTime(30_000)).not.toThrow();
    } finally {
      stop();
      usage.mockRestore();
      vi.useRealTimers();
    }
  });

  it("is collected by a process that then goes on", () => {
    const file = JSON.stringify(resolve("app/runtime/give-back-memory.server.ts"));
    const program = `import(${file}).then(({ collectAll }) => {
      for (let turn = 0; turn < 3; turn++) setTimeout(collectAll, turn * 50);
      setTimeout(() => console.log("goes on"), 300);
    });`;
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(stdout).toContain("goes on");
  });
});
