import { setTimeout as sleep } from "node:timers/promises";
import { expectSoon } from "../driver/expect-soon";
import type { Fault } from "../driver/fault";
import { redisCommand } from "../driver/redis-command";

const f12: Fault = {
  name: "F12",
  title: "PostgreSQL crashes and comes back",
  async inject({ cluster, pause, note }) {
    await cluster.postgres.stop("immediate");
    await pause(300, 3_000);
    const from = performance.now();
    await cluster.postgres.start();
    note("postgres_start_s", (performance.now() - from) / 1000);
  },
};

const f13: Fault = {
  name: "F13",
  title: "Redis is restarted and keeps nothing",
  async inject({ cluster, pause }) {
    await cluster.redis.kill();
    await pause(1_000, 5_000);
    await cluster.redis.restart();
  },
};

const f14: Fault = {
  name: "F14",
  title: "Redis drops its subscribers again and again, and stands still",
  async inject({ cluster, short }) {
    for (let round = 0; round < (short ? 2 : 6); round++) {
      await redisCommand(cluster.redis.url, "CLIENT", "KILL", "TYPE", "pubsub");
      await sleep(short ? 1_000 : 2_000);
    }
    await redisCommand(cluster.redis.url, "CLIENT", "PAUSE", short ? "2000" : "5000", "ALL");
    await sleep(short ? 2_000 : 5_000);
  },
};

const f17: Fault = {
  name: "F17",
  title: "Redis cuts off a server that stands still and does not take what it is sent",
  async inject({ cluster, short, note, promise, after }) {
    const { redis, a } = cluster;
    const set = (value: string) => redisCommand(redis.url, "CONFIG", "SET", "client-output-buffer-limit", value);
    const subscribers = async () =>
      String(await redisCommand(redis.url, "CLIENT", "LIST", "TYPE", "pubsub"))
        .split("\n")
        .filter(Boolean).length;
    const before = await subscribers();
    const [channel] = (await redisCommand(redis.url, "PUBSUB", "CHANNELS", "guazu:c:*")) as string[];
    await set("pubsub 1mb 512kb 5");
    after(() => set("pubsub 32mb 8mb 60"));
    process.kill(a.pid() ?? 0, "SIGSTOP");
    const from = performance.now();
    try {
      for (let megabytes = 0; (await subscribers()) >= before && megabytes < 200; megabytes++)
        await redisCommand(redis.url, "PUBLISH", channel ?? "", "x".repeat(2 ** 20));
      promise("Redis cut it off", (await subscribers()) < before);
      await sleep(short ? 1_500 : 5_000);
    } finally {
      process.kill(a.pid() ?? 0, "SIGCONT");
    }
    await expectSoon("it hears again", async () => (await subscribers()) >= before);
    note("deaf_s", (performance.now() - from) / 1000);
  },
};

export const STORE_FAULTS = [f12, f13, f14, f17];
