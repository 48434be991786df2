import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createExchange, createInProcessBus } from "./in-process-bus.server";

test("only those who subscribed hear, and never the one who published", async () => {
  const { connect } = createExchange();
  const [a, b, c] = [connect(), connect(), connect()];
  const heard: string[] = [];
  for (const [name, bus] of Object.entries({ a, b, c }))
    bus.onMessage((topic, payload) => heard.push(`${name} ${topic} ${payload}`));
  await Promise.all([a.subscribe("t"), b.subscribe("t"), c.subscribe("other")]);
  a.publish("t", "1");
  expect(heard).toEqual([]);
  await turn();
  expect(heard).toEqual(["b t 1"]);
  b.unsubscribe("t");
  a.publish("t", "2");
  await c.stop();
  a.publish("other", "3");
  await turn();
  expect(heard).toEqual(["b t 1"]);
  expect(a.stats()).toMatchObject({ published: 3, dropped: 0, connected: true });
  expect(b.stats()).toMatchObject({ received: 1 });
});

test("a lone process hears nothing of its own", async () => {
  const bus = createInProcessBus();
  let heard = 0;
  bus.onMessage(() => heard++);
  await bus.subscribe("t");
  bus.publish("t", "1");
  await turn();
  expect(heard).toBe(0);
});
