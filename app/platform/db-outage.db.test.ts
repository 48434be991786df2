import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem, closeDatabase, database, inScope, onConnection, openDatabase } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { startTcpProxy } from "../../tests/faults/driver/tcp-proxy";
import { testDatabase } from "../../tests/support/postgres";

const POOL = 4;

describe("a database that goes away and comes back", () => {
  it("costs the pool no connection, wherever in a transaction it went", async () => {
    const made = await testDatabase();
    const address = new URL(made.url);
    const wire = await startTcpProxy(Number(address.port));
    address.port = String(wire.port);
    openDatabase(address.href, { maxConnections: POOL });
    try {
      const ways = [
        () => inScope({ orgId: newId() }, (tx) => tx.execute(sql`select pg_sleep(0.05)`)),
        () => asSystem("test", (tx) => tx.execute(sql`select pg_sleep(0.05)`)),
        () => onConnection(newId(), "select 1", ({ client }) => client.query("select pg_sleep(0.05)")),
      ];
      for (let round = 0; round < 15; round++) {
        const work = Array.from({ length: 3 * POOL }, (_, place) => ways[place % ways.length]?.());
        setTimeout(() => wire.cut(), round * 7);
        for (const one of await Promise.allSettled(work)) {
          if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "unavailable", retryable: true });
        }
      }
      for (let place = 0; place < 3 * POOL; place++) await ways[place % ways.length]?.();
      const { totalCount, idleCount, waitingCount } = database().pool;
      expect(waitingCount).toBe(0);
      expect(idleCount).toBe(totalCount);
    } finally {
      await closeDatabase();
      await wire.close();
      await made.drop();
    }
  });

  it("that says nothing more is given up, and others take its place", async () => {
    const made = await testDatabase();
    const address = new URL(made.url);
    const wire = await startTcpProxy(Number(address.port));
    address.port = String(wire.port);
    openDatabase(address.href, { maxConnections: POOL, silenceMs: 500 });
    const ask = () => inScope({ orgId: newId() }, (tx) => tx.execute(sql`select 1`));
    try {
      // A statement that is slow while its server speaks now and then, or is silent for less, is let be.
      await inScope({ orgId: newId() }, (tx) => tx.execute(sql`select pg_sleep(0.4)`));
      await Promise.all(Array.from({ length: POOL }, ask));
      // Nobody waits for an answer on these: silence is what they are for.
      await sleep(1_800);
      expect(database().pool.totalCount).toBe(POOL);
      wire.flow("vanish", "vanish");
      const from = performance.now();
      for (const one of await Promise.allSettled(Array.from({ length: POOL }, ask)))
        expect(one).toMatchObject({ status: "rejected", reason: { code: "unavailable", retryable: true } });
      expect(performance.now() - from).toBeLessThan(4_000);
      wire.flow("pass", "pass");
      for (let n = 0; n < 3 * POOL; n++) await ask();
      const { totalCount, idleCount, waitingCount } = database().pool;
      expect([idleCount, waitingCount]).toEqual([totalCount, 0]);
    } finally {
      await closeDatabase();
      await wire.close();
      await made.drop();
    }
  });

  it.each(["EMFILE", "ETIMEDOUT", "EHOSTUNREACH", "EAI_AGAIN"])(
    "is unavailable for now when no connection can be made for %s (F30)",
    async (code) => {
      const { pool } = openDatabase("postgres://nobody@127.0.0.1:1/none");
      pool.connect = () => Promise.reject(Object.assign(new Error(`connect ${code}`), { code }));
      try {
        const ways = [
          inScope({ orgId: newId() }, async () => 1),
          asSystem("test", async () => 1),
          onConnection(newId(), "select 1", async () => 1),
        ];
        for (const one of await Promise.allSettled(ways))
          expect(one).toMatchObject({ status: "rejected", reason: { code: "unavailable", retryable: true } });
      } finally {
        await closeDatabase();
      }
    },
  );
});
