import pg from "pg";
import { expect, inject, it } from "vitest";
import { openPool } from "./open-pool.server";

it("gives another connection after the server ended one that was held between two statements", async () => {
  const pool = openPool({ silenceMs: 5_000, connectionString: inject("postgres").url, max: 1 });
  try {
    const held = await pool.connect();
    const { rows } = await held.query("select pg_backend_pid() as pid");
    const ended = new Promise((done) => held.on("error", done));
    const other = new pg.Client({ connectionString: inject("postgres").url });
    await other.connect();
    await other.query("select pg_terminate_backend($1)", [rows[0].pid]);
    await other.end();
    // Without a listener of the pool's own this event would have ended the process.
    await ended;
    expect(held.listenerCount("error")).toBeGreaterThan(1);
    await expect(held.query("select 1")).rejects.toThrow();
    held.release();
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
  }
});
