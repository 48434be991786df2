import { describe, expect, it } from "vitest";
import { checkNode, tailOf } from "./prepare.mjs";

describe("checkNode", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("takes %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(["18.20.4", "20.18.3", "21.7.0"])("refuses %s in one line that names it", (version) => {
    expect(() => checkNode(version)).toThrow(
      new RegExp(`^GuazuApp needs Node 20\\.19 .*; this is Node ${version}\\.$`),
    );
  });
});

describe("tailOf", () => {
  it("keeps the end of what a build says", () => {
    const lines = tailOf(`${"noise\n".repeat(30)}npm warn old\napp/root.tsx:3:1: error\n\n`).split("\n");
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toBe("app/root.tsx:3:1: error");
  });

  it("keeps npm's reason, not its stack", () => {
    const error = "npm error code ECONNREFUSED\nnpm error request to x failed\nnpm error     at y\nnpm error\n";
    const dump = Array.from({ length: 20 }, (_, line) => `npm error   field: ${line}`).join("\n");
    const lines = tailOf(
      `added\nnpm warn old\n${error}${dump}\nnpm error A complete log of this run can be found in: z\n`,
    ).split("\n");
    expect(lines.slice(0, 2)).toEqual(["npm error code ECONNREFUSED", "npm error request to x failed"]);
    expect(lines).toHaveLength(6);
  });
});
