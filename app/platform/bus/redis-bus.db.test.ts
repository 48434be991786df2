import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startRedis, type TestRedis } from "../../../tests/support/redis";
import type { Bus } from "./bus";
import { createRedisBus } from "./redis-bus.server";

let redis: TestRedis;
const buses: Bus[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.stop();
});
afterAll(() => redis.stop());

async function twoBuses() {
  const heard: string[] = [];
  const faults: Error[] = [];
  const make = (name: string) => {
    const bus = createRedisBus({ url: redis.url, onFault: (error) => faults.push(error) });
    bus.onMessage((topic, payload) => heard.push(`${name} ${topic} ${payload}`));
    buses.push(bus);
    return bus;
  };
  const [a, b] = [make("a"), make("b")];
  await expect.poll(() => a.stats().connected && b.stats().connected).toBe(true);
  return { a, b, heard, faults };
}

test("strings pass untouched to those who subscribed, in order, and never back to the publisher", async () => {
  const { a, b, heard } = await twoBuses();
  await Promise.all([a.subscribe("t"), b.subscribe("t"), b.subscribe("u")]);
  a.publish("t", 'ñ "\n\t 👍');
  a.publish("t", "2");
  a.publish("other", "3");
  b.publish("u", "4");
  a.publish("u", "5");
  await expect.poll(() => heard.length).toBe(3);
  expect(heard).toEqual(['b t ñ "\n\t 👍', "b t 2", "b u 5"]);
  b.unsubscribe("t");
  await b.subscribe("v");
  a.publish("t", "6");
  a.publish("v", "7");
  await expect.poll(() => heard.at(-1)).toBe("b v 7");
  expect(heard).not.toContain("b t 6");
  expect(a.stats()).toMatchObject({ published: 6, dropped: 0, received: 0 });
});

test("a topic left and taken again within one turn stays subscribed", async () => {
  const { a, b, heard } = await twoBuses();
  await b.subscribe("t");
  b.unsubscribe("t");
  await b.subscribe("t");
  a.publish("t", "1");
  await expect.poll(() => heard).toEqual(["b t 1"]);
  expect(b.stats().topics).toBe(1);
});

test("a subscription is in effect once its promise resolves, a thousand at once too", async () => {
  const { a, b, heard } = await twoBuses();
  const names = Array.from({ length: 1_200 }, (_, i) => `t${i}`);
  await Promise.all(names.map((name) => b.subscribe(name)));
  const probe = new Redis(redis.url);
  expect(await probe.pubsub("NUMSUB", "guazu:t0", "guazu:t1199")).toEqual(["guazu:t0", 1, "guazu:t1199", 1]);
  probe.disconnect();
  for (const name of names) a.publish(name, "x");
  await expect.poll(() => heard.length).toBe(1_200);
});

test("an outage throws nothing, drops and counts, and everything is in effect again when it is told to be over (F13)", async () => {
  const { a, b, heard, faults } = await twoBuses();
  await b.subscribe("t");
  const restored = new Promise<void>((done) => b.onReconnect(() => done()));
  const gone = redis.restart();
  await expect.poll(() => a.stats().connected || b.stats().connected).toBe(false);
  a.publish("t", "lost");
  await b.subscribe("during");
  b.unsubscribe("never");
  await gone;
  await restored;
  await expect.poll(() => a.stats().connected).toBe(true);
  a.publish("t", "1");
  a.publish("during", "2");
  await expect.poll(() => heard).toEqual(["b t 1", "b during 2"]);
  expect(a.stats().dropped).toBeGreaterThanOrEqual(1);
  expect(faults.every((error) => error instanceof Error)).toBe(true);
}, 20_000);

test("a subscriber that Redis cut off comes back by itself (F14)", async () => {
  const { a, b, heard } = await twoBuses();
  await b.subscribe("t");
  const admin = new Redis(redis.url);
  for (let round = 1; round <= 3; round++) {
    const restored = new Promise<void>((done) => b.onReconnect(() => done()));
    await admin.client("KILL", "TYPE", "pubsub");
    await restored;
    a.publish("t", `${round}`);
    await expect.poll(() => heard.length).toBe(round);
  }
  admin.disconnect();
}, 20_000);

test("a Redis that is not there at the start is no reason to stop", async () => {
  const bus = createRedisBus({ url: "redis://127.0.0.1:1", onFault: () => {} });
  buses.push(bus);
  bus.publish("t", "1");
  await bus.subscribe("t");
  expect(bus.stats()).toMatchObject({ connected: false, dropped: 1, topics: 1 });
});
