/** Tests on real webhook bodies may be left out: the folder of bodies is not everywhere. */
const MAY_BE_SKIPPED = "[real bodies]";

/**
 * Counts one run of vitest from its JSON report and exit code. A file that broke before its tests, a hook or rejection
 * that no test answers for, and a missing report each count as one failure, so that no fault is silent.
 * @returns passed and failed tests, and a line for each failure that is not a test's own
 */
export function countSuite(report, exitCode, { strict }) {
  if (!report) return { passed: 0, failed: 1, notes: ["it ended without a report"] };
  let passed = 0;
  let failed = 0;
  const notes = [];
  const fail = (note) => {
    failed += 1;
    notes.push(note);
  };
  for (const file of report.testResults) {
    const tests = file.assertionResults;
    passed += tests.filter((test) => test.status === "passed").length;
    const broken = tests.filter((test) => test.status === "failed").length;
    failed += broken;
    if (file.status === "failed" && broken === 0) fail(`${file.name}: ${firstLine(file.message)}`);
    if (!strict) continue;
    for (const test of tests.filter(isLeftOut)) fail(`skipped: ${file.name}: ${test.fullName}`);
  }
  if (passed + failed === 0) fail("it ran no test");
  if (exitCode !== 0 && failed === 0)
    fail(`it ended with ${exitCode} though no test failed: an error outside the tests`);
  return { passed, failed, notes };
}

function isLeftOut(test) {
  return test.status !== "passed" && test.status !== "failed" && !test.fullName.includes(MAY_BE_SKIPPED);
}

function firstLine(text) {
  return (text || "it broke before its tests").split("\n")[0];
}

/** The last line of `npm test`. */
export function summaryLine(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}
