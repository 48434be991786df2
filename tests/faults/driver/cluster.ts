import { temporaryDataDir } from "../../support/data/data-dir";
import type { GraphStandin } from "../../support/graph-standin/start-graph-standin";
import { runQuery } from "../../support/postgres-query";
import { type Product, startProduct } from "../../support/product";
import { startRedis, type TestRedis } from "../../support/redis";
import { type FaultPostgres, startFaultPostgres } from "./fault-postgres";
import { startProvider } from "./peers/phone-line";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

export const SECRET_KEY = "5ec4e7".repeat(11);

/** One of the two server processes, and the wires between it and what it needs. */
export type Node = Product & { name: "A" | "B"; postgresWire: TcpProxy; redisWire: TcpProxy };

export type Cluster = {
  postgres: FaultPostgres;
  redis: TestRedis;
  provider: GraphStandin;
  a: Node;
  b: Node;
  /** Where clients may knock: without those that are known to be away. */
  alive(): string[];
  /** Takes a server out of the balancer, or puts it back. */
  balance(node: Node, on: boolean): void;
  query(sql: string): Promise<Record<string, unknown>[]>;
  dispose(): Promise<void>;
};

type Settings = Record<string, string>;

type Stores = { postgres: FaultPostgres; redis: TestRedis; dataDir: string };

async function startNode(name: Node["name"], { postgres, redis, dataDir }: Stores, env: Settings): Promise<Node> {
  const { wire: postgresWire, url } = await postgres.addWire();
  const redisWire = await startTcpProxy(Number(new URL(redis.url).port));
  const settings = {
    DATABASE_URL: url,
    REDIS_URL: `redis://127.0.0.1:${redisWire.port}`,
    SECRET_KEY,
    TRUST_PROXY: "127.0.0.1",
    DEMO: "0",
    ...env,
  };
  return Object.assign(await startProduct({ env: settings, dataDir }), { name, postgresWire, redisWire });
}

/** Two server processes on one PostgreSQL, one Redis and one folder of files, all started here and ended by `dispose`. */
export async function startCluster(env: Settings = {}): Promise<Cluster> {
  const [postgres, redis, provider] = await Promise.all([startFaultPostgres(), startRedis(), startProvider()]);
  const settings = { META_GRAPH_URL: provider.url, ...env };
  const stores = { postgres, redis, dataDir: temporaryDataDir() };
  const start = (name: Node["name"]) => startNode(name, stores, settings);
  const [a, b] = await Promise.all([start("A"), start("B")]);
  const balanced = new Set([a.url, b.url]);
  return {
    postgres,
    redis,
    provider,
    a,
    b,
    alive: () => [...balanced],
    balance: ({ url }, on) => void (on ? balanced.add(url) : balanced.delete(url)),
    query: (sql) => runQuery(postgres.direct(), sql),
    async dispose() {
      // One that a fault left suspended hears nothing else.
      for (const { pid } of [a, b]) if (pid() !== undefined) process.kill(pid() ?? 0, "SIGCONT");
      await Promise.allSettled([a.stop(), b.stop()]);
      await Promise.allSettled([a.dispose(), b.dispose()]);
      await Promise.all([a.redisWire.close(), b.redisWire.close()]);
      await Promise.all([redis.stop(), provider.close()]);
      await postgres.dispose();
    },
  };
}
