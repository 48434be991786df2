import type pg from "pg";
import { LANES, type Lane, laneOf } from "~/platform/jobs/index.server";
import { openPool } from "~/platform/postgres/open-pool.server";

const KEPT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 3_000;

type LaneDepth = { waiting: number; running: number; dead: number; oldest: number };
/** What waits in the database. Ages in seconds. */
export type Depths = {
  lanes: Record<Lane, LaneDepth>;
  outbox: { waiting: number; oldest: number };
  webhooks: { waiting: number; oldest: number };
  /** How long the oldest transaction that writes has been open: the feed shows nothing younger. */
  horizon: number;
  channels: { kind: string; health: string; count: number }[];
};

/** As the login role, which sees the other sessions' transactions; the rest by the role that sees all organisations. */
const QUESTIONS = `
  select coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::float as age
    from pg_stat_activity where backend_xid is not null;
  begin read only;
  set local role guazu_system;
  select * from job.depth();
  select count(*)::int as waiting, coalesce(greatest(extract(epoch from now() - min(next_at)), 0), 0)::float as oldest
    from outbox where state in ('waiting', 'sending');
  select count(*)::int as waiting, coalesce(extract(epoch from now() - min(received_at)), 0)::float as oldest
    from webhook_inbox where processed_at is null;
  select kind, health, count(*)::int as count from channel group by kind, health;
  commit`;

type Answer = { rows: Record<string, unknown>[] };

function lanesOf(rows: Answer["rows"]): Depths["lanes"] {
  const nothing = () => ({ waiting: 0, running: 0, dead: 0, oldest: 0 });
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, nothing()])) as Depths["lanes"];
  for (const row of rows as (LaneDepth & { priority: number })[]) {
    const depth = lanes[laneOf(row.priority)];
    depth.waiting += row.waiting;
    depth.running += row.running;
    depth.dead += row.dead;
    depth.oldest = Math.max(depth.oldest, row.oldest);
  }
  return lanes;
}

async function ask(pool: pg.Pool): Promise<Depths> {
  const answers = (await pool.query(QUESTIONS)) as unknown as Answer[];
  const rows = (place: number) => answers[place]?.rows ?? [];
  return {
    horizon: Number(rows(0)[0]?.age ?? 0),
    lanes: lanesOf(rows(3)),
    outbox: rows(4)[0] as Depths["outbox"],
    webhooks: rows(5)[0] as Depths["webhooks"],
    channels: rows(6) as Depths["channels"],
  };
}

/**
 * Asks the database what waits in it, over one connection of its own, at most once in 5 s; whoever asks in between gets
 * the last answer. Null while the database does not answer.
 */
export function watchDepths(url: string): { read: () => Promise<Depths | null>; stop: () => Promise<void> } {
  const pool = openPool({
    silenceMs: STATEMENT_TIMEOUT_MS + 2_000,
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    application_name: "guazu-metrics",
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=10s`,
  });
  let last: Promise<Depths | null> = Promise.resolve(null);
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    read() {
      if (performance.now() - askedAt < KEPT_MS) return last;
      askedAt = performance.now();
      last = ask(pool).catch(() => null);
      return last;
    },
    stop: () => pool.end(),
  };
}
