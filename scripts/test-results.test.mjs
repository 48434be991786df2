import { describe, expect, it } from "vitest";
import { countSuite, summaryLine } from "./test-results.mjs";

const test = (status, fullName = "a test") => ({ status, fullName });
const file = (assertionResults, more = {}) => ({
  name: "x.test.ts",
  status: "passed",
  message: "",
  assertionResults,
  ...more,
});
const report = (...testResults) => ({ testResults });
const lenient = { strict: false };
const strict = { strict: true };

describe("countSuite", () => {
  it("counts tests over files", () => {
    const run = report(
      file([test("passed"), test("passed")]),
      file([test("failed"), test("passed")], { status: "failed" }),
    );
    expect(countSuite(run, 1, lenient)).toEqual({ passed: 3, failed: 1, notes: [] });
  });

  it("counts a file that broke before its tests", () => {
    const broken = file([], { status: "failed", message: "Cannot find module\n  at x" });
    const counts = countSuite(report(file([test("passed")]), broken), 1, lenient);
    expect(counts).toEqual({ passed: 1, failed: 1, notes: ["x.test.ts: Cannot find module"] });
  });

  it("counts an error outside the tests", () => {
    expect(countSuite(report(file([test("passed")])), 1, lenient)).toMatchObject({ passed: 1, failed: 1 });
  });

  it("counts a run without a report, or without a test", () => {
    expect(countSuite(undefined, 0, lenient)).toMatchObject({ passed: 0, failed: 1 });
    expect(countSuite(report(), 0, lenient)).toMatchObject({ passed: 0, failed: 1 });
  });

  it("counts skipped tests as failures where it is strict, but for those on real bodies", () => {
    const run = report(
      file([test("skipped", "left out"), test("todo"), test("pending", "a [real bodies] b"), test("passed")]),
    );
    expect(countSuite(run, 0, lenient)).toEqual({ passed: 1, failed: 0, notes: [] });
    const counts = countSuite(run, 0, strict);
    expect(counts).toMatchObject({ passed: 1, failed: 2 });
    expect(counts.notes[0]).toBe("skipped: x.test.ts: left out");
  });
});

describe("summaryLine", () => {
  it("adds up", () => {
    expect(
      summaryLine([
        { passed: 3, failed: 0 },
        { passed: 4, failed: 2 },
      ]),
    ).toBe("7 passed, 2 failed");
  });
});
