import { type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { isDay } from "~/modules/tickets";
import { requireMembership } from "~/modules/tickets/index.server";
import { inScope, type Tx } from "~/platform/db.server";
import { forbidden, invalid, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { medianOf, STEP_ENDS } from "./duration-scale";
import {
  isDuration,
  isReportName,
  type Measure,
  type Metric,
  REPORTS,
  type Report,
  type ReportGroup,
  type ReportName,
  type ReportRow,
} from "./report";

const DAY_MS = 24 * 3_600_000;
const LONGEST_DAYS = 400;
/** By hours a report of a year would have thousands of rows. */
const LONGEST_DAYS_BY_HOUR = 31;
const MOST_ROWS = 1_000;

export type ReportQuery = {
  name: string;
  /** Days of the organisation's calendar, `YYYY-MM-DD`, both within; the last 30 unless said. */
  from?: string;
  to?: string;
  group?: string;
};

type Asked = { name: ReportName; group: ReportGroup; metrics: readonly Metric[]; from: string; to: string };

const timeOf = (day: string) => (isDay(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN);

const daysBefore = (day: string, days: number) => new Date(timeOf(day) - days * DAY_MS).toISOString().slice(0, 10);

function readQuery({ name, group, ...span }: ReportQuery, today: string): Asked {
  const to = span.to ?? today;
  const from = span.from ?? (Number.isNaN(timeOf(to)) ? to : daysBefore(to, 29));
  if (!isReportName(name)) throw notFound("report");
  const report: { metrics: readonly Metric[]; groups: readonly ReportGroup[] } = REPORTS[name];
  const by = group ? report.groups.find((one) => one === group) : report.groups[0];
  if (!by) throw invalid("report_group_unknown", { groups: report.groups });
  const days = (timeOf(to) - timeOf(from)) / DAY_MS + 1;
  if (Number.isNaN(days)) throw invalid("report_day_invalid");
  if (days < 1) throw invalid("report_days_reversed");
  const most = by === "hour" ? LONGEST_DAYS_BY_HOUR : LONGEST_DAYS;
  if (days > most) throw invalid("report_too_long", { days: most });
  return { name, group: by, metrics: report.metrics, from, to };
}

/** What a reader may count: admins all, agents what happened in their areas. */
function areasOf({ role, areaIds }: Membership): SQL | undefined {
  return role === "admin" ? undefined : sql`h.area_id = any(${sql.param([...areaIds])}::uuid[])`;
}

/**
 * One report of an organisation over days of its calendar, from the hours that were added up: its cost grows with the days,
 * not with what happened in them. Agents count what happened in their areas, admins everything.
 * @throws AppError `not_found`, `missing_scope`, `report_group_unknown`, `report_day_invalid`, `report_days_reversed`,
 *   `report_too_long` (422)
 */
export async function getReport(actor: Actor, orgId: string, query: ReportQuery): Promise<Report> {
  const { membership } = requireMembership(actor, orgId, "reports:read");
  if (membership.role !== "admin" && membership.areaIds.length === 0) throw forbidden();
  return inScope({ orgId }, async (tx, now) => {
    const timeZone = await timeZoneOf(tx, orgId);
    const asked = readQuery(query, new Intl.DateTimeFormat("en-CA", { timeZone }).format(now));
    const found = await select(tx, orgId, asked, timeZone, areasOf(membership));
    const names = await namesOf(tx, asked.group, [...new Set(found.map(({ key }) => key))]);
    return assemble(asked, found, names);
  });
}

async function timeZoneOf(tx: Tx, orgId: string): Promise<string> {
  const { rows } = await tx.execute<{ zone: string }>(
    sql`select time_zone as zone from organisation where id = ${orgId}`,
  );
  return rows[0]?.zone ?? "UTC";
}

type Found = { key: string; metric: Metric; count: number; total: number; steps: number[] };

/** The group's key as text, `-` where a fact has none; of times as the organisation's clock shows them. */
function keyOf(group: ReportGroup, timeZone: string): SQL {
  const local = sql`(h.hour at time zone ${timeZone})`;
  const keys: Record<ReportGroup, SQL> = {
    day: sql`to_char(${local}, 'YYYY-MM-DD')`,
    hour: sql`to_char(${local}, 'YYYY-MM-DD"T"HH24":00"')`,
    hour_of_week: sql`to_char(${local}, 'ID-HH24')`,
    area: sql`h.area_id::text`,
    agent: sql`h.member_id::text`,
    channel: sql`h.channel_id::text`,
    tag: sql`h.tag`,
  };
  return sql`coalesce(${keys[group]}, '-')`;
}

const STEP_SUMS = sql.join(
  [...STEP_ENDS.keys(), STEP_ENDS.length].map(
    (place) => sql`coalesce(sum(h.steps[${sql.raw(String(place + 1))}]), 0)::int`,
  ),
  sql`, `,
);

async function select(
  tx: Tx,
  orgId: string,
  { group, metrics, from, to }: Asked,
  timeZone: string,
  areas: SQL | undefined,
): Promise<Found[]> {
  const { rows } = await tx.execute<Omit<Found, "count" | "total"> & { count: string; total: string }>(sql`
    select ${keyOf(group, timeZone)} as key, h.metric, sum(h.count) as count, sum(h.total) as total, array[${STEP_SUMS}] as steps
    from report_hour h
    where h.org_id = ${orgId} and h.metric = any(${sql.param([...metrics])}::text[])
      and h.hour >= (${from}::timestamp at time zone ${timeZone})
      and h.hour < ((${to}::timestamp + interval '1 day') at time zone ${timeZone})
      ${areas ? sql`and ${areas}` : sql``}
    group by 1, 2 order by 1 limit ${MOST_ROWS * metrics.length}`);
  return rows.map((row) => ({ ...row, count: Number(row.count), total: Number(row.total) }));
}

/** What people read for the keys of a group. */
async function namesOf(tx: Tx, group: ReportGroup, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = sql.param(keys.filter((key) => key !== "-"));
  const { area, channel, member, account } = schema;
  const queries: Partial<Record<ReportGroup, SQL>> = {
    area: sql`select id, name from ${area} where id = any(${ids}::uuid[])`,
    channel: sql`select id, name from ${channel} where id = any(${ids}::uuid[])`,
    agent: sql`select m.id, a.name from ${member} m join ${account} a on a.id = m.account_id where m.id = any(${ids}::uuid[])`,
  };
  const query = queries[group];
  if (!query) return new Map();
  const { rows } = await tx.execute<{ id: string; name: string }>(query);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const add = (a: readonly number[], b: readonly number[]) => a.map((count, place) => count + (b[place] ?? 0));

const measureOf = ({ metric, count, total, steps }: Omit<Found, "key">): Measure => ({
  count,
  average: (isDuration(metric) || metric === "rated") && count > 0 ? total / count : null,
  median: isDuration(metric) ? (count === 1 ? total : medianOf(steps)) : null,
});

function assemble(
  { name, group, metrics, from, to }: Asked,
  found: Found[],
  names: ReadonlyMap<string, string>,
): Report {
  const rows = new Map<string, ReportRow>();
  const sums = new Map<Metric, Found>();
  for (const one of found) {
    const row = rows.get(one.key) ?? { key: one.key, name: names.get(one.key) ?? one.key, values: {} };
    row.values[one.metric] = measureOf(one);
    rows.set(one.key, row);
    const sum = sums.get(one.metric);
    sums.set(
      one.metric,
      sum
        ? { ...sum, count: sum.count + one.count, total: sum.total + one.total, steps: add(sum.steps, one.steps) }
        : one,
    );
  }
  const total = Object.fromEntries([...sums].map(([metric, sum]) => [metric, measureOf(sum)]));
  return { name, group, from, to, metrics, rows: [...rows.values()], total };
}
