import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";

/**
 * All rows of an organisation as one text that is the same while nothing of them changes. When a token was used last is
 * noted once a minute, and is no change.
 */
export async function fingerprint(orgId: string): Promise<string> {
  return asSystem("test", async (tx) => {
    const { rows: tables } = await tx.execute<{ t: string }>(
      sql`select table_name as t from information_schema.columns where table_schema = 'public' and column_name = 'org_id' order by 1`,
    );
    const parts: string[] = [];
    for (const { t } of tables) {
      const { rows } = await tx.execute<{ md5: string }>(
        sql`select ${t}::text || md5(coalesce(string_agg(one, '' order by one), '')) as md5 from (select (to_jsonb(r) - 'last_used_at')::text as one from ${sql.identifier(t)} r where org_id = ${orgId}) rows`,
      );
      parts.push(rows[0]?.md5 ?? "");
    }
    return parts.join("\n");
  });
}
