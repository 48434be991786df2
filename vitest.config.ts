import tsconfigPaths from "vite-tsconfig-paths";
import { defineConfig } from "vitest/config";

/** Tests that replace a module, load one anew, or measure their process. */
const ALONE = "**/*.alone.*";

/** uWebSockets.js reads it once, when it is loaded; `server.ts` sets the same. */
const AS_SERVED = { UWS_HTTP_MAX_HEADERS_SIZE: "16384" };

/**
 * Six suites: pure tests, tests on a real PostgreSQL, those of both that stand alone, stories in a browser, tests that
 * start the built product, and the faults that it is put through. Of the last three, which go on beside each other,
 * `npm test` runs one file after the other; but for those that stand alone, files share a process there.
 */
export default defineConfig({
  test: {
    poolOptions: { forks: { maxForks: 2 } },
    projects: [
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "unit",
          include: ["app/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs", "tests/{architecture,bench}/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", ALONE],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "db",
          env: AS_SERVED,
          include: ["app/**/*.db.test.ts", "tests/integration/**/*.test.ts"],
          exclude: [ALONE],
          globalSetup: ["tests/support/postgres-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "alone",
          env: AS_SERVED,
          include: ["{app,tests}/**/*.alone*.test.{ts,tsx}"],
          globalSetup: ["tests/support/postgres-setup.ts"],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "stories",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/data/filled-data.ts"],
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000, interval: 100 } },
          hookTimeout: 180_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "product",
          include: ["tests/product/**/*.test.ts"],
          globalSetup: ["tests/support/data/filled-data.ts"],
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000, interval: 100 } },
          hookTimeout: 180_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          testTimeout: 240_000,
          expect: { poll: { timeout: 20_000, interval: 100 } },
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
