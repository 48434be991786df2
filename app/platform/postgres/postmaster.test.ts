import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearStaleFile, findPostmaster, parsePostmasterFile, settlePostmaster } from "./postmaster.server";
import { telltaleLine } from "./run-binary.server";

const file = (pid: number, status = "ready   ") =>
  `${pid}\n/x/cluster\n1790000000\n40123\n\n127.0.0.1\n  1 2\n${status}\n`;

describe("parsePostmasterFile", () => {
  it("reads number, port and status", () => {
    expect(parsePostmasterFile(file(77))).toEqual({ pid: 77, port: 40123, status: "ready" });
  });

  it("reads a file that a starting server has not finished", () => {
    expect(parsePostmasterFile("77\n/x/cluster\n")).toEqual({ pid: 77, port: 0, status: "" });
    expect(parsePostmasterFile("")).toBeUndefined();
  });
});

describe("findPostmaster", () => {
  let cluster: string;
  beforeEach(() => {
    cluster = mkdtempSync(join(tmpdir(), "guazu-cluster-"));
  });
  afterEach(() => rmSync(cluster, { recursive: true, force: true }));

  it("finds none where there is no file, and where the named process is another program", async () => {
    expect(findPostmaster(cluster)).toBeUndefined();
    writeFileSync(join(cluster, "postmaster.pid"), file(process.pid));
    expect(findPostmaster(cluster)).toBeUndefined();
    expect(await settlePostmaster(cluster, 0)).toBeUndefined();
    clearStaleFile(cluster);
    expect(() => rmSync(join(cluster, "postmaster.pid"))).toThrow(/ENOENT/);
  });
});

describe("telltaleLine", () => {
  it("picks the fault out of a log, without time and number", () => {
    const log = `2026-11-22 21:47:35.617 UTC [19961] LOG:  starting
2026-11-22 21:47:35.617 UTC [19961] FATAL:  could not map anonymous shared memory
2026-11-22 21:47:35.617 UTC [19961] HINT:  reduce it
pg_ctl: could not start server
Examine the log output.
`;
    expect(telltaleLine(log)).toBe("FATAL:  could not map anonymous shared memory");
  });

  it("takes the last line where none names a fault, and survives silence", () => {
    expect(telltaleLine("postgres: not found\n\n")).toBe("postgres: not found");
    expect(telltaleLine("")).toBe("it said nothing");
  });
});
