import { sql } from "drizzle-orm";
import pg from "pg";
import { expect, it } from "vitest";
import { asSystem, database } from "~/platform/db.server";
import { makeGroup } from "../../../tests/support/accounts/chats";
import { withProduct } from "../../../tests/support/world";
import { hitsOf } from "./chat-hits.server";

withProduct();

/** Two hundred short conversations, and two of eight thousand messages. */
async function fill(long: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: database().url });
  await owner.connect();
  const message = `insert into message (id, conversation_id, seq, author_kind, author_name, kind, text, sent_at)
    select gen_random_uuid(), c.id, 1000 + n, 'account', '', 'text', 'paja ' || md5(n::text || c.id) || ' del montón', now()`;
  try {
    await owner.query("create temporary table short as select gen_random_uuid() as id from generate_series(1, 200)");
    await owner.query("insert into conversation (id, kind) select id, 'group' from short");
    await owner.query(`${message} from generate_series(1, 10) n, short c`);
    await owner.query(`${message} from generate_series(1, 8000) n, unnest($1::uuid[]) c(id)`, [long]);
    await owner.query("vacuum analyze message");
  } finally {
    await owner.end();
  }
}

it("the index serves a search, in one conversation and in many, also where most are short", async () => {
  const { ana, id, direct } = await makeGroup();
  await fill([id, direct]);
  const plans = await asSystem("test", async (tx) => {
    await tx.execute(sql`select set_config('cpu_operator_cost', '1', true)`);
    const plan = async (conversationIds: string[]) => {
      const where = { conversationIds, audience: "public", fromSeq: 0, accountId: ana.accountId } as const;
      const { rows } = await tx.execute(sql`explain analyze ${hitsOf(where, "aguja:*", { limit: 50 })}`);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    };
    return [await plan([id]), await plan([id, direct])];
  });
  for (const plan of plans) {
    expect(plan).toContain("message_words_idx");
    expect(plan).not.toContain("Seq Scan on message");
  }
});
