import pg from "pg";

/**
 * A pool that outlives its server. A connection that the server ends reports it as an event, which ends the process when
 * nobody listens: while it is idle the pool hears it, and while somebody holds it between two statements only the
 * connection itself does. Whoever uses it next gets an error, and the pool makes another.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
