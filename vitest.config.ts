import tsconfigPaths from "vite-tsconfig-paths";
import { defineConfig } from "vitest/config";

/**
 * Three suites: pure tests, tests on a real PostgreSQL, and tests that start the built product (which `npm test` runs
 * one file after the other).
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
          exclude: ["**/*.db.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "db",
          include: ["app/**/*.db.test.ts", "tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/postgres-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [tsconfigPaths()],
        test: {
          name: "product",
          include: [
            "tests/product/**/*.test.ts",
            "tests/e2e/**/*.test.ts",
            // The rest of the catalogue is tried by `npm run faults`; it joins once all of it was seen whole in a quiet run.
            "tests/faults/{webhook-outage,two-processes-under-load}.test.ts",
          ],
          globalSetup: ["tests/support/data/filled-data.ts"],
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
