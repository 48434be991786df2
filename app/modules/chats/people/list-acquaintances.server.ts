import { sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { blocks } from "../find-account.server";

export type Acquaintance = { id: string; name: string };

/**
 * Whom an account may put into a group: colleagues, or an organisation's, and who accepted a direct chat; without those who
 * are in the group `outside` already.
 */
export async function listAcquaintances(
  actor: AccountActor,
  orgId: string | null,
  outside: string | null = null,
): Promise<Acquaintance[]> {
  const { rows } = await asSystem("whom an account knows", (tx) =>
    tx.execute<Acquaintance>(
      sql`select distinct a.id, a.name from account a join (
          select b.account_id as id from member m join member b using (org_id)
            where m.account_id = ${actor.accountId} and m.removed_at is null and b.removed_at is null
              and (${orgId}::uuid is null or m.org_id = ${orgId}::uuid)
          union select o.account_id from participant p join participant o using (conversation_id)
            join conversation c on c.id = p.conversation_id
            where p.account_id = ${actor.accountId} and c.kind = 'direct' and ${orgId}::uuid is null
              and p.accepted and o.accepted and p.left_at is null and o.left_at is null) known using (id)
        where a.id <> ${actor.accountId} and not exists (select from participant i
            where i.conversation_id = ${outside}::uuid and i.account_id = a.id and i.left_at is null) and not ${blocks(actor.accountId, sql`a.id`)}
        order by a.name, a.id limit 1000`,
    ),
  );
  return rows;
}
