import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { type Actor, SYSTEM } from "../actor";
import { memberChanged } from "../events";

/** Accounts that did something since it was last written down, in this process. */
let active = new Set<string>();

/** Remembers that a person did something; costs no query, for it comes with every deed. A program is not its member. */
export function noteActivity(actor: Actor): void {
  if (actor.kind === "account" && !actor.token) active.add(actor.accountId);
}

type Returned = { id: string; org_id: string; account_id: string };

/**
 * Writes down by the minute who was here, and makes those available again whom the clock had set away, and only those:
 * who went by hand comes back by hand. Several processes may do so at once.
 */
export async function writeActivity(): Promise<void> {
  const accountIds = [...active];
  active = new Set();
  if (accountIds.length === 0) return;
  try {
    await writeDown(accountIds);
  } catch (error) {
    for (const id of accountIds) active.add(id);
    throw error;
  }
}

function writeDown(accountIds: readonly string[]): Promise<void> {
  return transactAsSystem(SYSTEM, "when members were here last", async (ctx) => {
    const now = ctx.now.toISOString();
    const { rows } = await ctx.tx.execute<Returned>(sql`
      with here as (
        select id from member where account_id = any(${sql.param(accountIds)}::uuid[]) and removed_at is null
          and (active_at is null or active_at < ${now}::timestamptz - interval '1 minute' or availability_by = 'clock')
        order by id for no key update),
      back as (
        update member m set active_at = ${now}, availability = 'available', availability_by = 'hand'
        from here where m.id = here.id and m.availability = 'away' and m.availability_by = 'clock'
        returning m.id, m.org_id, m.account_id),
      noted as (
        update member m set active_at = ${now} from here where m.id = here.id
          and not (m.availability = 'away' and m.availability_by = 'clock'))
      select id, org_id, account_id from back`);
    for (const row of rows) {
      ctx.emit(memberChanged, {
        orgId: row.org_id,
        memberId: row.id,
        accountId: row.account_id,
        change: "availability",
      });
    }
  });
}

/**
 * Sets away whoever was not here for as long as their organisation says; they keep their tickets. One who comes back takes
 * them on (`writeActivity`).
 */
export async function setIdleAway(): Promise<void> {
  const due = sql`m.removed_at is null and m.availability = 'available' and o.auto_away_minutes is not null
    and coalesce(m.active_at, m.created_at) <= `;
  const idle = await asSystem("members who are not here", async (tx, now) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select m.id from member m join organisation o on o.id = m.org_id
      where ${due} ${now.toISOString()}::timestamptz - make_interval(mins => o.auto_away_minutes) limit 1000`);
    return rows;
  });
  if (idle.length === 0) return;
  await transactAsSystem(SYSTEM, "members who are not here", async (ctx) => {
    const { rows } = await ctx.tx.execute<Returned>(sql`
      update member m set availability = 'away', availability_by = 'clock' from organisation o
      where o.id = m.org_id and m.id in (select id from member where id = any(${sql.param(idle.map(({ id }) => id))}::uuid[]) order by id for no key update)
        and ${due} ${ctx.now.toISOString()}::timestamptz - make_interval(mins => o.auto_away_minutes)
      returning m.id, m.org_id, m.account_id`);
    for (const row of rows) {
      ctx.emit(memberChanged, {
        orgId: row.org_id,
        memberId: row.id,
        accountId: row.account_id,
        change: "availability",
      });
    }
  });
}
