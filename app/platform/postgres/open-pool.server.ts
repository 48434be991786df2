import type { Socket } from "node:net";
import pg from "pg";

/** How long a server that was silent may still show that its answer was on the way. */
const GRACE_MS = 1_000;

/**
 * Cuts a connection whose server says nothing at all for so long while a statement is under way: it hangs, or the way to
 * it does, and nothing else would ever end that. The statement's own limit, which the server keeps, must be shorter.
 */
function cutWhenSilent(client: pg.PoolClient, silenceMs: number): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const atWork = () => !(client as unknown as { readyForQuery: boolean }).readyForQuery;
  stream.setTimeout(silenceMs);
  // It rings on an idle connection too, and again after each silence.
  stream.on("timeout", () => {
    if (!atWork()) return;
    const { bytesRead } = stream;
    // Where this process itself stood still, the answer lies there unread.
    setTimeout(() => {
      if (atWork() && stream.bytesRead === bytesRead)
        stream.destroy(Object.assign(new Error("the database does not answer"), { code: "ETIMEDOUT" }));
    }, GRACE_MS).unref();
  });
}

/**
 * A pool that outlives its server. A connection that the server ends reports it as an event, which ends the process when
 * nobody listens: while it is idle the pool hears it, and while somebody holds it between two statements only the
 * connection itself does. Whoever uses it next gets an error, and the pool makes another.
 * @param silenceMs after how much silence during a statement a connection is given up
 */
export function openPool({ silenceMs, ...config }: pg.PoolConfig & { silenceMs: number }): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    cutWhenSilent(client, silenceMs);
  });
  return pool;
}
