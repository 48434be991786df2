import { type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { sightOfMember } from "../lists/visible-to.server";
import type { TicketViewName } from "../views";

const { ticket, ticketCount, ticketReader } = schema;

const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join()}}`}::uuid[]`;

/** `belongsTo` over what is counted. */
function conditionOf(view: TicketViewName, { memberId, role, areaIds }: Membership): SQL {
  const open = sql`state = 'open' and not snoozed`;
  switch (view) {
    case "mine":
      return sql`${open} and assignee_id = ${memberId}`;
    case "queue": {
      const own = role === "admin" ? sql`true` : sql`area_id = any(${uuids(areaIds)})`;
      return sql`${open} and assignee_id is null and ${own}`;
    }
    case "open":
      return open;
    case "snoozed":
      return sql`snoozed`;
    case "all":
      return sql`true`;
    default:
      return sql`state = ${view}`;
  }
}

/**
 * How many tickets each view holds for this member, exactly (R18): the sums of what triggers noted, and the few tickets
 * that a colleague called the member into. It reads no ticket of the areas, so that it costs the same whatever their past.
 */
export async function countTickets(actor: Actor, orgId: string): Promise<Record<TicketViewName, number>> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const { areaIds, memberId } = await sightOfMember(tx, membership);
    const sum = (view: TicketViewName) => sql`coalesce(sum(n) filter (where ${conditionOf(view, membership)}), 0)::int`;
    const seen = uuids(areaIds);
    const { rows } = await tx.execute<Record<TicketViewName, number>>(sql`
      select ${sum("mine")} as mine, ${sum("queue")} as queue, ${sum("bot")} as bot, ${sum("open")} as open,
        ${sum("closed")} as closed, ${sum("snoozed")} as snoozed, ${sum("all")} as "all"
      from (
        select area_id, assignee_id, state, snoozed, n from ${ticketCount}
        where org_id = ${orgId} and (area_id = any(${seen}) or assignee_id = ${memberId})
        union all
        select t.area_id, t.assignee_id, t.state, t.snoozed_until is not null, 1
        from ${ticketReader} r join ${ticket} t on t.id = r.ticket_id
        where r.member_id = ${memberId} and t.org_id = ${orgId}
          and t.area_id <> all(${seen}) and t.assignee_id is distinct from ${memberId}
      ) counted`);
    return rows[0] as Record<TicketViewName, number>;
  });
}
