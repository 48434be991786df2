import { type SQL, sql } from "drizzle-orm";
import { businessMinutesAgo, closedSince, isOpenAt } from "~/modules/accounts";
import type { DeskArea, DeskHours } from "~/modules/accounts/index.server";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { TicketRow } from "../reading/summarise.server";
import { QUIET_MS } from "./quiet";

const { ticket } = schema;

/** What the clock does with a ticket whose time has come. */
export type DeedOfClock = "wake" | "return" | "overflow" | "close" | "tell_hours";

/** A condition for each deed, as SQL over a ticket `t`; null where an area never asks for it. */
type Condition = (area: DeskArea, desk: DeskHours, now: Date) => SQL | null;

const at = (date: Date) => sql`${date.toISOString()}::timestamptz`;

/** Since the member has it, its customer waits, and it woke, whichever came last (R13). */
const returning: Condition = ({ autoReturnMinutes, schedule }, _, now) => {
  const before = autoReturnMinutes === null ? null : businessMinutesAgo(schedule, now, autoReturnMinutes);
  return (
    before &&
    sql`t.state = 'open' and t.assignee_id is not null and t.waiting_on = 'agent' and t.snoozed_until is null
      and greatest(t.assigned_at, t.waiting_since) <= ${at(before)}
      and not exists (select from ticket_event e where e.ticket_id = t.id and e.kind = 'woken' and e.created_at > ${at(before)})`
  );
};

/** Since it came into this area's queue; never back to an area that it went on from by itself. */
const overflowing: Condition = ({ overflowAreaId, overflowMinutes, schedule }, { areas }, now) => {
  const before = overflowMinutes === null ? null : businessMinutesAgo(schedule, now, overflowMinutes);
  if (!before || !overflowAreaId || !areas.has(overflowAreaId)) return null;
  return sql`t.state = 'open' and t.assignee_id is null and t.queued_at <= ${at(before)} and t.waiting_on = 'agent'
    and t.snoozed_until is null and t.area_id <> ${overflowAreaId}
    and not exists (select from ticket_event e where e.ticket_id = t.id
      and (e.reason = 'overflow' and e.before ->> 'area_id' = ${overflowAreaId}::text
        or e.kind in ('opened', 'reopened', 'handed_over', 'transferred', 'returned') and e.created_at > ${at(before)}))`;
};

/** R7. A customer's message makes it the agent's turn, and so ends this wait. */
const closing: Condition = ({ autoCloseHours }, _, now) =>
  autoCloseHours === null
    ? null
    : sql`t.state = 'open' and t.waiting_on = 'customer' and t.snoozed_until is null
        and t.waiting_since <= ${at(new Date(now.getTime() - autoCloseHours * 3600_000))}`;

/** R14, for what joined an open ticket the quick way, which tells nobody of hours. */
const tellingHours: Condition = ({ hoursText, schedule }, { organisation }, now) => {
  if (!(hoursText ?? organisation.hoursText)?.trim() || isOpenAt(schedule, now)) return null;
  const since = at(closedSince(schedule, now) ?? new Date(0));
  return sql`t.state = 'open' and t.waiting_on = 'agent' and (t.hours_notice_at is null or t.hours_notice_at < ${since})
    and exists (select from conversation c join channel h on h.id = c.channel_id
      where c.id = t.conversation_id and c.last_inbound_at >= ${since} and h.health = 'ok' and h.disabled_at is null)
    and not exists (select from message m where m.conversation_id = t.conversation_id and m.visibility = 'public'
      and m.author_kind in ('member', 'device') and m.created_at > ${at(new Date(now.getTime() - QUIET_MS))}
      and m.seq > (select c.last_seq - 50 from conversation c where c.id = t.conversation_id))`;
};

const CONDITIONS: Record<Exclude<DeedOfClock, "wake">, Condition> = {
  return: returning,
  overflow: overflowing,
  close: closing,
  tell_hours: tellingHours,
};

export type DueTicket = { id: string; conversationId: string; deed: DeedOfClock };

/** The most that one round takes of each; the next one goes on. */
const MOST = 500;

/** SQL: what an area's settings make due, null when nothing. */
export function dueIn(area: DeskArea, desk: DeskHours, deed: Exclude<DeedOfClock, "wake">, now: Date): SQL | null {
  const condition = CONDITIONS[deed](area, desk, now);
  return condition && sql`t.area_id = ${area.id} and ${condition}`;
}

/** What the clock has to do in an organisation now, the oldest first. One query, none where no setting asks for any. */
export async function findDue(tx: Tx, desk: DeskHours, now: Date): Promise<DueTicket[]> {
  const deeds = Object.keys(CONDITIONS) as Exclude<DeedOfClock, "wake">[];
  const wanted = [...desk.areas.values()].flatMap((area) =>
    deeds.flatMap((deed) => {
      const condition = dueIn(area, desk, deed, now);
      return condition ? [{ deed, condition }] : [];
    }),
  );
  if (wanted.length === 0) return [];
  const selects = wanted.map(
    ({
      deed,
      condition,
    }) => sql`(select t.id, t.conversation_id as "conversationId", ${deed}::text as deed from ticket t
      where t.org_id = ${desk.organisation.id} and ${condition} order by t.waiting_since limit ${MOST})`,
  );
  const { rows } = await tx.execute<DueTicket>(sql.join(selects, sql` union all `));
  return rows;
}

/** Whether a ticket is due still, asked under its lock. */
export async function isStillDue(tx: Tx, row: TicketRow, desk: DeskHours, deed: DeedOfClock, now: Date) {
  if (deed === "wake") return row.snoozedUntil !== null && row.snoozedUntil <= now;
  const area = desk.areas.get(row.areaId);
  const condition = area && dueIn(area, desk, deed, now);
  if (!condition) return false;
  const { rows } = await tx.execute(sql`select 1 from ticket t where t.id = ${row.id} and ${condition}`);
  return rows.length > 0;
}

/** Those whose snooze is over, of any organisation. */
export async function findWaking(tx: Tx, now: Date): Promise<(DueTicket & { orgId: string })[]> {
  const rows = await tx
    .select({ id: ticket.id, conversationId: ticket.conversationId, orgId: ticket.orgId })
    .from(ticket)
    .where(sql`${ticket.snoozedUntil} is not null and ${ticket.snoozedUntil} <= ${now.toISOString()}::timestamptz`)
    .orderBy(ticket.snoozedUntil)
    .limit(MOST);
  return rows.map((row) => ({ ...row, deed: "wake" as const }));
}
