import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { percentile } from "../driver/catch-up";
import type { Cluster } from "../driver/cluster";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import type { Peer } from "../driver/peers/hub-peer";
import { redisCommand } from "../driver/redis-command";

/** Does something on one connection to the database that no wire leads to, within a transaction. */
async function within<T>({ postgres }: Cluster, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgres.direct() });
  await client.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } finally {
    await client.end();
  }
}

/** The waits of those who were answered between two moments, in milliseconds. */
const waitsBetween = ({ crowd }: Scene, from: number, to: number) =>
  crowd.journal.entries.flatMap(({ at, answered }) =>
    at > from && answered && answered.at < to ? [answered.at - at] : [],
  );

/** What the alert of docs/operations.md looks at. */
async function horizonSeconds({ url }: Cluster["a"]): Promise<number> {
  const figures = await (await fetch(`${url}/metrics`)).text();
  return Number(/^guazu_feed_horizon_seconds (\S+)$/m.exec(figures)?.[1]);
}
const ALERT_SECONDS = 5;

const f18: Fault = {
  name: "F18",
  title: "a long transaction holds the horizon of the feed, while Redis loses what is said",
  async inject(scene) {
    const { cluster, short, note, promise } = scene;
    const from = performance.now();
    const age = await within(cluster, async (client) => {
      await client.query("select pg_current_xact_id()");
      await sleep(short ? 1_500 : 30_000);
      await redisCommand(cluster.redis.url, "CLIENT", "KILL", "TYPE", "pubsub");
      await sleep(short ? 1_500 : 30_000);
      if (!short) promise("the alert fires", (await horizonSeconds(cluster.b)) > ALERT_SECONDS);
      return (performance.now() - from) / 1000;
    });
    const waits = waitsBetween(scene, from, performance.now());
    note("horizon_age_s", age);
    note("others_p99_ms", percentile(waits, 0.99));
    promise("messages are accepted meanwhile", waits.length > 0);
  },
};

/** As long as the product's own migrations wait (`db/migrate.server.ts`), and as often again as is needed. */
const LOCK_TIMEOUT = "set local lock_timeout = '1s'";
const LOCK_NOT_AVAILABLE = "55P03";

/** Changes the busiest table; the milliseconds of the longest wait for it, in which all who come later wait too. */
async function alterMessage(cluster: Cluster, change: string): Promise<number> {
  for (let longest = 0; ; ) {
    let from = 0;
    const alter = within(cluster, async (client) => {
      await client.query(LOCK_TIMEOUT);
      from = performance.now();
      return client.query(`alter table message ${change}`).finally(() => {
        longest = Math.max(longest, performance.now() - from);
      });
    });
    const refused = await alter.then(
      () => undefined,
      (error: { code?: string }) => error,
    );
    if (!refused) return longest;
    if (refused.code !== LOCK_NOT_AVAILABLE) throw refused;
    await sleep(500);
  }
}

const f42: Fault = {
  name: "F42",
  title: "the schema is migrated while people write",
  async inject(scene) {
    const { cluster, crowd, note } = scene;
    const begun = performance.now();
    await cluster.a.cli("migrate");
    const from = performance.now();
    // Starting a process takes the processor from all who share it, which is no wait for a lock.
    note("start_of_command_max_ms", percentile(waitsBetween(scene, begun, from), 1));
    const added = await alterMessage(cluster, "add column if not exists fault_probe integer");
    const dropped = await alterMessage(cluster, "drop column fault_probe");
    const to = performance.now();
    note("lock_wait_max_ms", Math.max(added, dropped));
    const underWay = () =>
      crowd.journal.entries.filter(({ at, answered }) => at < to && !(answered && answered.at < from));
    await expectSoon("all who wrote meanwhile are answered", () => underWay().every(({ answered }) => answered));
    const waits = underWay().map(({ at, answered }) => (answered?.at ?? 0) - at);
    note("blocked_max_ms", percentile(waits, 1));
  },
};

const readiness = async (url: string): Promise<number> =>
  (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).status;

/** Customers who look at their conversation at one server over and over, until told to stop: each holds a connection. */
function keepReading({ crowd }: Scene, url: string): () => Promise<void> {
  const over = new AbortController();
  const read = async ({ token, conversations: [id] }: Peer, n: number) => {
    const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": `10.200.0.${n}` };
    while (!over.signal.aborted) {
      const asked = fetch(`${url}/api/v1/conversations/${id}`, { headers, signal: over.signal });
      await asked.then((answer) => answer.text()).catch(() => {});
      await sleep(500);
    }
  };
  const all = crowd.customers.map(read);
  return async () => {
    over.abort();
    await Promise.all(all);
  };
}

const f44: Fault = {
  name: "F44",
  title: "every connection of the pool waits",
  async inject(scene) {
    const { cluster, short, note, promise } = scene;
    const urls = [cluster.a.url, cluster.b.url];
    const all = async (status: number) => (await Promise.all(urls.map(readiness))).every((is) => is === status);
    await within(cluster, async (client) => {
      const locked = performance.now();
      await client.query("lock table conversation in access exclusive mode");
      const readers = urls.map((url) => keepReading(scene, url));
      await expectSoon("both say that they are not ready", () => all(503)).finally(() =>
        Promise.all(readers.map((stop) => stop())),
      );
      await sleep(short ? 500 : 10_000);
      const from = performance.now();
      const live = await Promise.all(urls.map(async (url) => (await fetch(`${url}/healthz`)).status));
      promise(
        "both say that they live",
        live.every((status) => status === 200),
      );
      note("health_answer_ms", performance.now() - from);
      note("locked_s", (performance.now() - locked) / 1000);
    });
    note("ready_again_s", (await expectSoon("both are ready again", () => all(200))) / 1000);
  },
};

export const DATABASE_FAULTS = [f18, f42, f44];
