import { sql } from "drizzle-orm";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { SYSTEM } from "../actor";

/** So many organisations of one account are told. */
const MOST = 20;

/**
 * Notes a wrong password for a member's account in the audit log of their organisations. One statement whether or not there
 * is such an account, so that how long it takes tells nobody.
 */
export const recordFailedSignIn = (email: string, address: string): Promise<void> =>
  transactAsSystem(SYSTEM, "a failed sign-in is told to the organisations of the account", async ({ tx, now }) => {
    const ids = sql.param(Array.from({ length: MOST }, () => newId()));
    await tx.execute(sql`
      insert into audit_entry (id, org_id, actor_kind, actor_name, action, subject_id, subject_name, after, created_at)
      select (${ids}::uuid[])[(row_number() over ())::int], m.org_id, 'system', '', 'sign_in.failed', m.id, a.name,
        jsonb_build_object('address', ${address}::text), ${now.toISOString()}::timestamptz
      from account a join member m on m.account_id = a.id and m.removed_at is null
      where lower(a.email) = ${email} limit ${MOST}`);
  });
