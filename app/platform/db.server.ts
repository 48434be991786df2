import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { schema } from "~db/index.server";
import { clockMovedMs } from "./clock";
import { unavailable } from "./errors";
import { openPool } from "./postgres/open-pool.server";

export type Tx = Parameters<Parameters<NodePgDatabase<typeof schema>["transaction"]>[0]>[0];

/** What row-level security lets through: the rows of one organisation, and the conversations an account takes part in. */
export type Scope = { orgId?: string; accountId?: string };

export type Database = { url: string; pool: pg.Pool; drizzle: NodePgDatabase<typeof schema> };

const STATEMENT_TIMEOUT_MS = 15_000;
/** Above the statement's limit, which the server keeps while it lives. */
const SILENCE_MS = STATEMENT_TIMEOUT_MS + 2_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** Below the statement's: who waits for a row that long learns that it was a row, and gives the connection back. */
const LOCK_TIMEOUT_MS = 10_000;
/** PostgreSQL's codes for "try the whole transaction again": serialization failure and deadlock. */
const RETRY_CODES = new Set(["40001", "40P01"]);
/** A row, or the machine, was not to be had in time: lock_timeout and statement_timeout. */
const TOO_BUSY = new Set(["55P03", "57014"]);
const LOST_CONNECTION = /^(08|57P|53)/;
/** Node's codes for a server that is away, a network that is, and a process without a descriptor or port left. */
const NO_CONNECTION = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT"],
  ...["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"],
  ...["EMFILE", "ENFILE", "EADDRNOTAVAIL"],
]);
const MAX_TRIES = 4;

let current: Database | undefined;
const systemDatabases = new Map<string, Database>();
const sideDatabases = new Map<string, Database>();

function newPool(
  url: string,
  role: "guazu_app" | "guazu_system",
  max: number,
  name: string,
  silenceMs = SILENCE_MS,
  waitMs = 10_000,
): pg.Pool {
  return openPool({
    silenceMs,
    connectionString: url,
    max,
    connectionTimeoutMillis: waitMs,
    application_name: name,
    options: [
      `-c role=${role}`,
      `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      `-c lock_timeout=${LOCK_TIMEOUT_MS}`,
      `-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_TIMEOUT_MS}`,
    ].join(" "),
  });
}

/**
 * The query builder of a pool, whose transactions surely give their connection back: the library's own way over a pool
 * keeps it for ever when the begin fails, as it does while the database restarts.
 */
function builderOf(pool: pg.Pool): Database["drizzle"] {
  const builder = drizzle(pool, { schema });
  // Made once for each connection: each describes the whole schema to itself.
  const builders = new WeakMap<pg.PoolClient, Database["drizzle"]>();
  builder.transaction = async (work, config) => {
    const client = await pool.connect();
    const own = builders.get(client) ?? drizzle(client, { schema });
    builders.set(client, own);
    let lost = false;
    try {
      return await own.transaction(work, config);
    } catch (error) {
      lost = isOutage(error);
      throw error;
    } finally {
      client.release(lost);
    }
  };
  return builder;
}

/** Opens the process's pool. Its connections take the role guazu_app, which row-level security binds. */
export function openDatabase(url: string, options: { maxConnections?: number; silenceMs?: number } = {}): Database {
  const pool = newPool(url, "guazu_app", options.maxConnections ?? 20, "guazu", options.silenceMs);
  current = { url, pool, drizzle: builderOf(pool) };
  return current;
}

/** The connections that requests share. */
export function poolUse(): { inUse: number; idle: number; waiting: number } {
  const { totalCount = 0, idleCount = 0, waitingCount = 0 } = current?.pool ?? {};
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

export async function closeDatabase(): Promise<void> {
  const others = [...systemDatabases.values(), ...sideDatabases.values()];
  const pools = [current?.pool, ...others.map(({ pool }) => pool)];
  current = undefined;
  systemDatabases.clear();
  sideDatabases.clear();
  await Promise.all(pools.map((pool) => pool?.end()));
}

/**
 * A small pool of its own whose connections have the role guazu_system, opened at the first call. For code that does not
 * run in one of our transactions: the sign-in library, and the question who acts, asked at every request.
 */
export function systemDatabase(purpose: string, maxConnections: number): Database["drizzle"] {
  const { url } = database();
  const known = systemDatabases.get(purpose);
  if (known) return known.drizzle;
  const pool = newPool(url, "guazu_system", maxConnections, `guazu-${purpose}`);
  const made = { url, pool, drizzle: builderOf(pool) };
  systemDatabases.set(purpose, made);
  return made.drizzle;
}

/** Runs work on such a pool; an outage becomes `unavailable`, as in a transaction. */
export async function sayingUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isOutage(error)) throw unavailable(error);
    throw error;
  }
}

/** @throws AppError `unavailable` before `openDatabase` and after `closeDatabase` */
export function database(): Database {
  if (!current) throw unavailable();
  return current;
}

const codeOf = (error: unknown): string => {
  const own = (error as { code?: unknown })?.code;
  if (typeof own === "string") return own;
  const cause = (error as { cause?: unknown })?.cause;
  return cause ? codeOf(cause) : "";
};

/** PostgreSQL's code (SQLSTATE) or Node's network code of an error, "" when it has none. */
export const databaseErrorCode = codeOf;

/** The name of the constraint that an error broke, or "". */
export function brokenConstraint(error: unknown): string {
  const own = (error as { constraint?: unknown })?.constraint;
  if (typeof own === "string") return own;
  const cause = (error as { cause?: unknown })?.cause;
  return cause ? brokenConstraint(cause) : "";
}

function isOutage(error: unknown): boolean {
  const cause = (error as { cause?: unknown })?.cause;
  if (cause && isOutage(cause)) return true;
  const code = codeOf(error);
  if (LOST_CONNECTION.test(code) || NO_CONNECTION.has(code)) return true;
  const text = String((error as { message?: unknown })?.message ?? "");
  return /Connection terminated|connection error|timeout exceeded when trying to connect/i.test(text);
}

async function attempt<T>(
  begin: (tx: Tx) => Promise<Date>,
  work: (tx: Tx, now: Date) => Promise<T>,
  on = () => database(),
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await on().drizzle.transaction(async (tx) => work(tx, await begin(tx)));
    } catch (error) {
      if (RETRY_CODES.has(codeOf(error)) && tries < MAX_TRIES) continue;
      if (isOutage(error) || TOO_BUSY.has(codeOf(error))) throw unavailable(error);
      throw error;
    }
  }
}

const firstRow = (result: { rows: unknown[] }) => result.rows[0] as { now: Date };

/** The time at which a transaction stands, by the product's clock. */
const nowOf = (result: { rows: unknown[] }) => new Date(new Date(firstRow(result).now).getTime() + clockMovedMs());

/**
 * Runs `work` in one transaction that sees only what the scope lets through. `now` is the database's clock, read once.
 * Deadlocks and serialization failures run it again from the start, so that it must not act outside the transaction.
 * @throws AppError `unavailable` (retryable) when the database cannot be reached
 */
export function inScope<T>(scope: Scope, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
  return attempt(beginIn(scope), work);
}

const beginIn = (scope: Scope) => async (tx: Tx) => {
  const result = await tx.execute(
    sql`select set_config('app.org_id', ${scope.orgId ?? ""}, true), set_config('app.account_id', ${scope.accountId ?? ""}, true),
        date_trunc('milliseconds', now()) as now`,
  );
  return nowOf(result);
};

/** A few connections of their own for work that may take long, so that it keeps none from others. */
export type SidePool = {
  name: string;
  connections: number;
  /** How long each of its statements may take. */
  statementMs: number;
  /** How long one waits for a connection, which then is `unavailable`. */
  waitMs: number;
};

/** `inScope` on such a pool. A statement over the limit is `unavailable`, with PostgreSQL's 57014 as its cause. */
export function inScopeAside<T>(side: SidePool, scope: Scope, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
  const begin = async (tx: Tx) => {
    await tx.execute(sql`select set_config('statement_timeout', ${String(side.statementMs)}, true)`);
    return beginIn(scope)(tx);
  };
  return attempt(begin, work, () => sideDatabase(side));
}

function sideDatabase({ name, connections, waitMs }: SidePool): Database {
  const { url } = database();
  const known = sideDatabases.get(name);
  if (known) return known;
  const pool = newPool(url, "guazu_app", connections, `guazu-${name}`, SILENCE_MS, waitMs);
  const made = { url, pool, drizzle: builderOf(pool) };
  sideDatabases.set(name, made);
  return made;
}

/**
 * A question within a scope's transaction that row-level security does not bind, where it would keep an index from being used.
 * Whoever asks names the organisation in the query, and shows only what the scope lets through after it.
 */
export async function pastPolicies<T>(tx: Tx, ask: () => Promise<T>): Promise<T> {
  await tx.execute(sql`set local role guazu_system`);
  const answer = await ask();
  await tx.execute(sql`set local role guazu_app`);
  return answer;
}

/**
 * Runs `work` in one transaction that row-level security does not bind. For what has no organisation yet: signing in,
 * webhooks, jobs, finding which organisation a conversation belongs to. `reason` says why, for the reader and the log.
 */
export function asSystem<T>(reason: string, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
  const begin = async (tx: Tx) => {
    await tx.execute(sql`set local role guazu_system`);
    const result = await tx.execute(
      sql`select set_config('app.reason', ${reason}, true), date_trunc('milliseconds', now()) as now`,
    );
    return nowOf(result);
  };
  return attempt(begin, work);
}

/** A statement whose values are written as text: its name with their types, and its SQL. */
export type Prepared = { name: string; sql: string };

const preparedOn = new WeakMap<pg.PoolClient, Set<Prepared>>();

/** Planned once on each connection: building and planning such a statement costs more than running it. */
async function prepareOn(client: pg.PoolClient, statement: Prepared): Promise<void> {
  const known = preparedOn.get(client) ?? new Set();
  preparedOn.set(client, known);
  if (known.has(statement)) return;
  await client.query(`prepare ${statement.name} as ${statement.sql}`);
  known.add(statement);
}

const executing = ({ name }: Prepared, values: readonly string[]) =>
  `execute ${name.slice(0, name.indexOf("("))}(${values.map((value) => pg.escapeLiteral(value)).join()})`;

/**
 * How prepared statements are planned: once, for any number of rows, and looking up each row by its key, as suits the
 * few that are named. The planner takes a list for a hundred, and would rather read a small table whole for each message.
 */
const PLANNING = Object.entries({
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
}).map(([name, value]) => `set_config('${name}', '${value}', true)`);

/** Whose rights a statement has: an organisation's, or those of no organisation yet, with the reason, as in `asSystem`. */
export type TripScope = { orgId: string } | { reason: string };

function scopeOf(scope: TripScope): string {
  const settings =
    "orgId" in scope ? { "app.org_id": scope.orgId } : { role: "guazu_system", "app.reason": scope.reason };
  const set = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`,
  );
  return `select ${set}, date_trunc('milliseconds', now()) as now, ${PLANNING}`;
}

/** Runs several statements in one round trip; returns the rows of each. */
async function together(client: pg.PoolClient, statements: readonly string[]): Promise<unknown[][]> {
  const answers = (await client.query(statements.join("; "))) as unknown as { rows: unknown[] }[];
  return answers.map(({ rows }) => rows);
}

/** @throws AppError `unavailable` (retryable) when the database cannot be reached */
async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined;
  let broken = false;
  try {
    client = await database().pool.connect();
    return await work(client);
  } catch (error) {
    broken = isOutage(error);
    if (broken) throw unavailable(error);
    throw error;
  } finally {
    client?.release(broken);
  }
}

/**
 * One statement that is a transaction of its own, in one round trip. Nothing is tried again: whoever calls has another
 * way.
 * @returns its rows, and the database's clock
 * @throws AppError `unavailable` (retryable) when the database cannot be reached
 */
export function inOneTrip(
  scope: TripScope,
  statement: Prepared,
  values: readonly string[],
): Promise<{ now: Date; rows: unknown[] }> {
  return withClient(async (client) => {
    await prepareOn(client, statement);
    const [begun = [], rows = []] = await together(client, [scopeOf(scope), executing(statement, values)]);
    return { now: firstRow({ rows: begun }).now, rows };
  });
}

export type Connection = {
  client: pg.PoolClient;
  now: Date;
  /** Runs the last statement and commits, in one round trip; returns its rows. */
  commitWith(statement: Prepared, values: readonly string[]): Promise<unknown[]>;
};

/**
 * A transaction of one organisation on a connection of its own, for statements that stay prepared on it. `opening` is
 * SQL that leaves together with the begin, in one round trip; it must hold no value from outside but checked ids.
 * Nothing is tried again: whoever calls has another way.
 * @throws AppError `unavailable` (retryable) when the database cannot be reached
 */
export function onConnection<T>(
  orgId: string,
  opening: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withClient(async (client) => {
    let committed = false;
    const commitWith = async (statement: Prepared, values: readonly string[]) => {
      await prepareOn(client, statement);
      const [rows = []] = await together(client, [executing(statement, values), "commit"]);
      committed = true;
      return rows;
    };
    try {
      const [, scope = []] = await together(client, ["begin", scopeOf({ orgId }), opening]);
      const result = await work({ client, now: firstRow({ rows: scope }).now, commitWith });
      if (!committed) await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  });
}
