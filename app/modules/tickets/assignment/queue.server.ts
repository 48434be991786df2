import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { queuePlace } from "~db/schema/queue-order";
import type { AreaRow, TicketRow } from "../reading/summarise.server";
import type { Candidate } from "./choose-agent";

const { member, areaMember, ticket } = schema;

/** SQL: in a queue where its customer waits. A ticket that sleeps is nobody's to take up. */
export const waitsInQueue: SQL = sql`${ticket.queuedAt} is not null and ${ticket.state} = 'open' and ${ticket.assigneeId} is null
  and ${ticket.waitingOn} = 'agent' and ${ticket.snoozedUntil} is null`;

/** SQL: the order of a queue, as columns of which each rises; `list-order.ts` says the same. */
export const queueOrder: SQL = sql.join([...queuePlace(ticket), sql`${ticket.id}`], sql`, `);

/** Whether another ticket stands before this one in its queue that this member might be given. */
export async function standsBehind(tx: Tx, row: TicketRow, memberId: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(
      and(
        eq(ticket.orgId, row.orgId),
        eq(ticket.areaId, row.areaId),
        waitsInQueue,
        sql`not ${ticket.skipMemberIds} @> array[${memberId}::uuid]`,
        sql`row(${queueOrder}) < (select ${queueOrder} from ${ticket} where ${ticket.id} = ${row.id})`,
      ),
    )
    .limit(1);
  return found !== undefined;
}

const isThere = and(eq(member.availability, "available"), isNull(member.removedAt));

/**
 * Those of an area who are there, with what they have. `held` locks their rows until the transaction ends, in one order
 * for all: whoever gives them a ticket meanwhile waits, and then counts this one (R12).
 */
export async function readCandidates(tx: Tx, area: AreaRow, held: boolean): Promise<Candidate[]> {
  const there = tx
    .select({ id: member.id })
    .from(areaMember)
    .innerJoin(member, eq(member.id, areaMember.memberId))
    .where(and(eq(areaMember.areaId, area.id), isThere))
    .orderBy(member.id);
  // What others committed while this waited is seen by the next statement only.
  const ids = (await (held ? there.for("no key update", { of: member }) : there)).map(({ id }) => id);
  if (ids.length === 0) return [];
  // Named in full: a column of a query of one table is written without its table, and would be the ticket's here.
  const theirs = sql`t.org_id = member.org_id and t.assignee_id = member.id and t.state = 'open'`;
  const open = sql`(select count(*) from ticket t where ${theirs})`;
  const waiting = sql`(select count(*) from ticket t where ${theirs} and t.waiting_on = 'agent')`;
  return tx
    .select({
      memberId: member.id,
      cap: sql`coalesce(${member.cap}, ${area.cap})`.mapWith(Number),
      open: open.mapWith(Number),
      waiting: waiting.mapWith(Number),
      lastAssignedAt: member.lastAssignedAt,
    })
    .from(member)
    .where(sql`${member.id} = any(${sql.param(ids)}::uuid[])`);
}
