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
  it("keeps the end, without npm's asides", () => {
    const output = `${"noise\n".repeat(30)}npm warn old\nnpm error code ENOTFOUND\n\nnpm notice new npm\nnpm error network\n`;
    const lines = tailOf(output).split("\n");
    expect(lines).toHaveLength(15);
    expect(lines.slice(-2)).toEqual(["npm error code ENOTFOUND", "npm error network"]);
  });
});
