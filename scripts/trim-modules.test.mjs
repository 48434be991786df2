import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { foreignBinaries, toolsOf } from "./trim-modules.mjs";

describe("what the image leaves out", () => {
  it("is every tool that production has no hard need of, and nothing else", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const tools = toolsOf(lock);
    for (const name of ["vite", "vitest", "typescript", "drizzle-kit"]) expect(tools).toContain(`node_modules/${name}`);
    const { dependencies } = lock.packages[""];
    for (const name of Object.keys(dependencies)) {
      const facts = lock.packages[`node_modules/${name}`];
      expect(facts.dev || facts.devOptional, name).toBeFalsy();
      for (const needed of Object.keys(facts.dependencies ?? {})) {
        // One of its own goes before the one of all.
        const own = `node_modules/${name}/node_modules/${needed}`;
        expect(tools).not.toContain(lock.packages[own] ? own : `node_modules/${needed}`);
      }
    }
    // A build tool that crept in among the dependencies would drag the others along.
    for (const name of ["@remix-run/dev", "vite", "typescript", "vitest", "esbuild", "@babel/core"]) {
      const { dev, devOptional } = lock.packages[`node_modules/${name}`];
      expect(dev || devOptional, name).toBe(true);
    }
  });

  it("is every binary of the socket library but this Node's", () => {
    const names = ["uws_linux_x64_115.node", "uws_linux_x64_127.node", "uws_darwin_arm64_127.node", "uws.js"];
    const here = { platform: "linux", arch: "x64", versions: { modules: "127" } };
    expect(foreignBinaries(names, here)).toEqual(["uws_linux_x64_115.node", "uws_darwin_arm64_127.node"]);
  });
});
