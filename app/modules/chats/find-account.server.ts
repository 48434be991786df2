import { eq, or, type SQL, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

export type FoundAccount = { id: string; name: string; handle: string | null };

/**
 * The account with exactly this handle or e-mail address, for whoever may find it; null for all others, in the same
 * words. Who blocked whom is not told apart from who does not exist.
 */
export async function findAccount(actor: AccountActor, asked: string): Promise<FoundAccount | null> {
  const { account } = schema;
  const word = asked.trim().replace(/^@/, "").toLowerCase();
  if (word === "") return null;
  return asSystem("find an account by its handle or address", async (tx) => {
    const [row] = await tx
      .select({ id: account.id, name: account.name, handle: account.handle, findable: account.findable })
      .from(account)
      .where(or(eq(sql`lower(${account.handle})`, word), eq(sql`lower(${account.email})`, word)));
    if (!row || row.id === actor.accountId) return null;
    const { known, blocked } = await standingOf(tx, actor.accountId, row.id);
    if (!(row.findable || known) || blocked) return null;
    return { id: row.id, name: row.name, handle: row.handle };
  });
}

/** SQL: two are colleagues, or have a direct chat that both accepted; neither is a stranger to the other. */
export const knows = (one: string, other: SQL): SQL => sql`(
  exists (select from member a join member b using (org_id)
    where a.account_id = ${one} and b.account_id = ${other} and a.removed_at is null and b.removed_at is null)
  or exists (select from conversation c join participant p on p.conversation_id = c.id
    where c.direct_key = least(${one}::text collate "C", ${other}::text) || ':' || greatest(${one}::text collate "C", ${other}::text)
    group by c.id having bool_and(p.accepted and p.left_at is null)))`;

/** SQL: either of two has blocked the other. */
export const blocks = (one: string | SQL, other: SQL): SQL => sql`exists (select from account_block k
  where (k.account_id = ${one} and k.blocked_id = ${other}) or (k.account_id = ${other} and k.blocked_id = ${one}))`;

/** How two accounts stand to each other. */
export async function standingOf(tx: Tx, one: string, other: string): Promise<{ known: boolean; blocked: boolean }> {
  const them = sql`${other}::uuid`;
  const { rows } = await tx.execute<{ known: boolean; blocked: boolean }>(
    sql`select ${knows(one, them)} as known, ${blocks(one, them)} as blocked`,
  );
  return rows[0] ?? { known: false, blocked: false };
}

/** Two people have one direct chat. */
export const directKey = (one: string, other: string): string => [one, other].sort().join(":");
