import pg from "pg";
import { describe, expect, it } from "vitest";
import { testDatabase } from "../../../tests/support/postgres";
import { runQuery } from "../../../tests/support/postgres-query";
import { SettingError } from "../env.server";
import { checkPostgres, findFault, THROWAWAY } from "./check-server.server";

const good = { version: 150_004, shown: "15.4", off: [], throwaway: null };

describe("the check of the database server", () => {
  it("refuses one older than 15, by its name", () => {
    expect(findFault(good)).toBeUndefined();
    expect(findFault({ ...good, version: 140_011, shown: "14.11" })).toMatch(/15 or newer.*14\.11/);
    expect(findFault({ ...good, version: 140_011, shown: "14.11", throwaway: "on" })).toMatch(/15 or newer/);
  });

  it("refuses one that forgets what it committed, unless it says itself that it may (G1)", async () => {
    const { url, drop } = await testDatabase();
    const name = new URL(url).pathname.slice(1);
    try {
      // The tests' own server has all three off, and says that it holds nothing worth keeping.
      await expect(checkPostgres(url)).resolves.toBeUndefined();
      await runQuery(url, `ALTER DATABASE ${pg.escapeIdentifier(name)} SET ${THROWAWAY} = 'off'`);
      const refused = await checkPostgres(url).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(SettingError);
      const { message } = refused as SettingError;
      for (const setting of ["fsync=off", "full_page_writes=off", "synchronous_commit=off"])
        expect(message).toContain(setting);
      expect(message).not.toContain("\n");
    } finally {
      await drop();
    }
  });
});
