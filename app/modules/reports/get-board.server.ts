import { and, eq, isNull, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireMembership, sightOfMember } from "~/modules/tickets/index.server";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { Availability } from "~db/schema/accounts";

export type BoardArea = {
  id: string;
  name: string;
  bot: number;
  /** Open without an assignee. */
  queue: number;
  /** Open, with somebody, the customer waiting. */
  waiting: number;
  /** Open, with somebody, waiting for the customer. */
  answered: number;
  snoozed: number;
  /** Since when the one who waits longest in the queue does; RFC 3339. */
  oldest: string | null;
  waitLimitMinutes: number;
};

export type BoardMember = {
  id: string;
  name: string;
  availability: Availability;
  areas: string[];
  open: number;
  waiting: number;
  /** The most open tickets they are given by themselves. */
  cap: number | null;
};

export type Board = { areas: BoardArea[]; members: BoardMember[] };

/**
 * How an organisation's desk stands at this moment, of the areas that the reader sees; from the counts, not from the tickets.
 * @throws AppError `not_found`, `missing_scope`
 */
export async function getBoard(actor: Actor, orgId: string): Promise<Board> {
  const { membership } = requireMembership(actor, orgId, "reports:read");
  const { area, member, account, areaMember } = schema;
  return inScope({ orgId }, async (tx) => {
    const { areaIds } = await sightOfMember(tx, membership);
    const ids = sql.param([...areaIds]);
    const areas = await tx.execute<BoardArea>(sql`
      select a.id, a.name, a.wait_limit_minutes as "waitLimitMinutes",
        coalesce(sum(n) filter (where state = 'bot'), 0)::int as bot,
        coalesce(sum(n) filter (where state = 'open' and assignee_id is null and not snoozed), 0)::int as queue,
        coalesce(sum(n) filter (where state = 'open' and assignee_id is not null and not snoozed and waiting_on = 'agent'), 0)::int as waiting,
        coalesce(sum(n) filter (where state = 'open' and assignee_id is not null and not snoozed and waiting_on <> 'agent'), 0)::int as answered,
        coalesce(sum(n) filter (where snoozed), 0)::int as snoozed,
        (select to_char(min(t.queued_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ticket t
          where t.org_id = ${orgId} and t.area_id = a.id and t.queued_at is not null) as oldest
      from area a left join ticket_count c on c.org_id = ${orgId} and c.area_id = a.id
      where a.id = any(${ids}::uuid[]) and a.archived_at is null
      group by a.id, a.name, a.wait_limit_minutes, a.position order by a.position, a.name`);
    const loads = sql`(select coalesce(sum(n), 0)::int from ticket_count c where c.org_id = ${orgId}
      and c.assignee_id = ${member.id} and c.state = 'open'`;
    const members = await tx
      .select({
        id: member.id,
        name: account.name,
        availability: member.availability,
        areas: sql<
          string[]
        >`array(select ${area.name} from ${area} join ${areaMember} on ${areaMember.areaId} = ${area.id}
          where ${areaMember.memberId} = ${member.id} and ${area.archivedAt} is null order by ${area.name})`,
        open: sql<number>`${loads})`,
        waiting: sql<number>`${loads} and c.waiting_on = 'agent' and not c.snoozed)`,
        cap: sql<number | null>`coalesce(${member.cap}, (select max(${area.cap}) from ${area}
          join ${areaMember} on ${areaMember.areaId} = ${area.id} where ${areaMember.memberId} = ${member.id}))`,
      })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .where(
        and(
          isNull(member.removedAt),
          membership.role === "admin"
            ? undefined
            : sql`exists (select from ${areaMember} where ${areaMember.memberId} = ${member.id} and ${areaMember.areaId} = any(${ids}::uuid[]))`,
        ),
      )
      .orderBy(account.name);
    return { areas: areas.rows, members };
  });
}
