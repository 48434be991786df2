import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { randomOf } from "../../../../tests/support/graph-standin/statuses";
import { makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { currentCursor, type Moved, movedSince } from "./feed.server";

withProduct();

const moved = (cursor: string, limit?: number) => asSystem("test", (tx) => movedSince(tx, cursor, limit));
const place = () => asSystem("test", (tx) => currentCursor(tx));

/** The feed waits for the transactions of the whole server, those of other test files' databases too. */
const complete = () =>
  vi.waitFor(async () => {
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ behind: number }>(
        sql`select count(*)::int as behind from change where xid >= pg_snapshot_xmin(pg_current_snapshot())`,
      ),
    );
    expect(rows[0]?.behind).toBe(0);
  }, 15_000);

/** Pages until nothing more comes. */
async function drain(from: string, take: (page: Moved) => void, limit = 100): Promise<string> {
  let cursor = from;
  for (;;) {
    const page = await moved(cursor, limit);
    if (page.cursor === cursor) return cursor;
    take(page);
    cursor = page.cursor;
  }
}

/** A connection of one's own, to hold a transaction open. */
async function connection() {
  const client = new pg.Client({ connectionString: database().url });
  await client.connect();
  return client;
}

const insertChange = (world: World, conversationId: string, rev: number) => ({
  text: `insert into change (org_id, conversation_id, kind, ref, rev, created_at) values ($1, $2, 'test', $3, $4, now()) returning id::text`,
  values: [world.orgId, conversationId, newId(), rev],
});

describe("the change feed", () => {
  it("tells what moved once, with its numbers and where its ticket stands", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await complete();
    const from = await place();
    await rosa.writes("hola");
    await rosa.writes("¿hay alguien?");
    await complete();
    const page = await moved(from);
    const ours = page.conversations.filter((row) => row.orgId === world.orgId);
    expect(ours).toEqual([{ conversationId: rosa.conversationId, orgId: world.orgId, rev: 3, publicRev: 2 }]);
    expect(page.tickets).toMatchObject(
      Array(2).fill({ orgId: world.orgId, areaId: world.areas.sales, assigneeId: null }),
    );
    expect(await moved(page.cursor)).toEqual({ cursor: page.cursor, conversations: [], tickets: [] });
  });

  it("stands still while an older transaction is open, then tells everything (F18)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const holder = await connection();
    try {
      await holder.query("begin");
      // Taking a transaction id is what holds the horizon.
      const { rows } = await holder.query(insertChange(world, rosa.conversationId, 1_000));
      const from = await place();
      await rosa.writes("hola");
      expect((await moved(from)).conversations).toEqual([]);
      await holder.query("commit");
      await complete();
      const page = await moved(from);
      expect(page.conversations).toMatchObject([{ conversationId: rosa.conversationId, rev: 1_000 }]);
      expect(rows).toHaveLength(1);
    } finally {
      await holder.end();
    }
  });

  it("forgets what was rolled back", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const holder = await connection();
    try {
      await complete();
      const from = await place();
      await holder.query("begin");
      await holder.query(insertChange(world, rosa.conversationId, 1_000));
      await holder.query("rollback");
      await rosa.writes("hola");
      await complete();
      expect((await moved(from)).conversations).toMatchObject([{ conversationId: rosa.conversationId, rev: 2 }]);
    } finally {
      await holder.end();
    }
  });

  it("misses no row of 16 writers whose transactions commit in another order than they began", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const random = randomOf(18);
    await complete();
    const from = await place();
    const seen: string[] = [];
    let last = 0;
    let writing = true;
    const reader = (async () => {
      let cursor = from;
      const take = ({ tickets, conversations }: Moved) => {
        expect(tickets).toEqual([]);
        seen.push(...conversations.map((row) => `${row.rev}`));
      };
      // Pages of one row, so that each row is told by itself.
      while (writing) cursor = await drain(cursor, take, 1);
      await drain(cursor, take, 1);
    })();
    const writers = Array.from({ length: 16 }, async () => {
      const client = await connection();
      try {
        for (let i = 0; i < 12; i++) {
          await client.query("begin");
          const rev = ++last;
          await client.query(insertChange(world, rosa.conversationId, rev));
          // Some hold their number for a while, so that later ones commit before them.
          for (let turns = Math.floor(random() * 6); turns > 0; turns--) await client.query("select 1");
          await client.query(rev % 7 === 0 ? "rollback" : "commit");
        }
      } finally {
        await client.end();
      }
    });
    await Promise.all(writers);
    await complete();
    writing = false;
    await reader;
    const stored = await asSystem("test", (tx) =>
      tx.execute<{ rev: number }>(
        sql`select rev from change where conversation_id = ${rosa.conversationId} order by rev`,
      ),
    );
    expect(seen.map(Number).sort((x, y) => x - y)).toEqual(stored.rows.map((row) => row.rev));
    expect(stored.rows.length).toBeGreaterThan(100);
  });

  it("its pages together are the table, whatever their size", async () => {
    await complete();
    const table = await asSystem("test", (tx) =>
      tx.execute<{ id: string; top: number | null }>(
        sql`select conversation_id as id, max(rev) as top from change group by 1 order by 1`,
      ),
    );
    for (const limit of [1, 7, 5_000]) {
      const tops = new Map<string, number | null>();
      await drain(
        "0.0",
        ({ conversations }) => {
          for (const { conversationId, rev } of conversations) {
            tops.set(conversationId, Math.max(tops.get(conversationId) ?? 0, rev ?? 0));
          }
        },
        limit,
      );
      expect(Object.fromEntries(tops)).toEqual(Object.fromEntries(table.rows.map((row) => [row.id, row.top])));
    }
  });

  it.each(["", "x", "1", "1.2.3", "-1.0", "1.x", "0x1.0", "99999999999999999999999.0"])(
    "refuses the cursor %j",
    async (cursor) => {
      await expect(moved(cursor)).rejects.toMatchObject({ code: "cursor_invalid", status: 422 });
    },
  );

  it.each(["99999999999999999999.0", "1.9999999999999999999"])(
    "refuses the cursor %j, too large for its numbers",
    async (cursor) => {
      await expect(moved(cursor)).rejects.toMatchObject({ code: "cursor_invalid", status: 422 });
    },
  );
});
