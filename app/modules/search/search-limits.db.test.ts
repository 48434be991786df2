import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { database, inScope, inScopeAside, type SidePool, type Tx } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { makeWorld, withProduct } from "../../../tests/support/world";
import { windowQuery } from "./search-messages.server";
import { searching } from "./search-pool.server";
import { ZERO } from "./walk-back";

withProduct();

const scope = () => ({ orgId: newId(), accountId: newId() });
const run = <T>(one: ReturnType<typeof scope>, work: (tx: Tx) => Promise<T>, pool: SidePool) =>
  searching(one.accountId, one, work, pool);

describe("a search (TG5)", () => {
  it("that takes long is ended, and keeps no connection from other work", async () => {
    const pool = { name: "search-test", connections: 1, statementMs: 50, waitMs: 2_000 };
    const slow = () => run(scope(), (tx) => tx.execute(sql`select pg_sleep(20)`), pool);
    const both = Promise.allSettled([slow(), slow()]);
    expect(await inScope({}, async () => "answered")).toBe("answered");
    for (const one of await both) expect(one).toMatchObject({ reason: { code: "search_too_slow", status: 503 } });
    expect(await inScopeAside(pool, {}, async () => "again")).toBe("again");
  });

  it("is refused to who has four under way, and to nobody else", async () => {
    const mine = scope();
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const wide = { name: "search-wide", connections: 6, statementMs: 3_000, waitMs: 2_000 };
    const under = [1, 2, 3, 4].map(() => run(mine, () => ended, wide));
    await expect(run(mine, () => ended, wide)).rejects.toMatchObject({ code: "search_busy", status: 429 });
    expect(await run(scope(), async () => "other", wide)).toBe("other");
    end();
    await Promise.all(under);
    expect(await run(mine, async () => "mine", wide)).toBe("mine");
  });

  it("is served by the index among fifty thousand messages, also of other organisations", async () => {
    const [world, other] = [await makeWorld(), await makeWorld()];
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    try {
      await owner.query(
        "create temporary table c as select gen_random_uuid() as id, o as org from unnest($1::uuid[]) o",
        [[world.orgId, other.orgId]],
      );
      await owner.query("insert into conversation (id, org_id, kind) select id, org, 'org_group' from c");
      await owner.query(`insert into message (id, conversation_id, org_id, seq, author_kind, author_name, kind, text, sent_at, created_at)
        select gen_random_uuid(), c.id, c.org, n, 'account', '', 'text', 'paja ' || md5(n::text), now(), now() - n * interval '5 min'
        from generate_series(1, 25000) n, c`);
      await owner.query("vacuum analyze message");
      for (const exponent of [14, 24]) {
        const at = new Date();
        const span = Math.floor(at.getTime() / 1_000 / 2 ** exponent) * 4 + (exponent === 14 ? 1 : 3);
        const window = { span, below: { at, id: ZERO }, cut: 4_000, limit: 51 };
        const query = windowQuery(world.orgId, "'aguja'", { within: sql`true`, seen: undefined }, window);
        const rows = await inScope({}, async (tx) => {
          await tx.execute(sql`set local role guazu_system`);
          return (await tx.execute(sql`explain (analyze, buffers) ${query}`)).rows;
        });
        const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(plan).toContain("message_words_idx");
        expect(plan).not.toContain("Seq Scan on message");
      }
    } finally {
      await owner.end();
    }
  });
});
