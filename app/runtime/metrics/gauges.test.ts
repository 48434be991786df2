import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { HubStats } from "~/modules/realtime/index.server";
import { addGauges } from "./gauges.server";
import type { Depths } from "./read-depths.server";

const bus = { connected: true, topics: 0, published: 0, dropped: 0, received: 0 };
const hub = (counters: Record<string, number>) => ({
  stats: (): HubStats => ({ sockets: 2, topics: 3, bus, counters }),
});
const lane = { waiting: 0, running: 0, dead: 0, oldest: 0 };
const depths: Depths = {
  lanes: { inbound: { ...lane, waiting: 4, oldest: 9 }, outbound: lane, push: lane, webhook: lane, report: lane },
  outbox: { waiting: 1, oldest: 2.5 },
  webhooks: { waiting: 0, oldest: 0 },
  horizon: 7,
  channels: [{ kind: "web", health: "ok", count: 2 }],
};

const linesOf = async (registry: Registry) => (await registry.metrics()).split("\n");

describe("the gauges", () => {
  it("say what is so now, each time", async () => {
    const registry = new Registry();
    const counters: Record<string, number> = {};
    const refresh = addGauges(registry, hub(counters));
    refresh(depths);
    const first = await linesOf(registry);
    expect(first).toContain("guazu_feed_horizon_seconds 7");
    expect(first).toContain('guazu_jobs{lane="inbound",state="waiting"} 4');
    counters.healed = 5;
    refresh({ ...depths, horizon: 1, channels: [] });
    const second = await linesOf(registry);
    expect(second).toContain("guazu_feed_horizon_seconds 1");
    expect(second).toContain('guazu_hub_events_total{event="healed"} 5');
    expect(second.some((line) => line.startsWith("guazu_channels{"))).toBe(false);
  });

  it("say nothing of what is not known, and that it is not", async () => {
    const registry = new Registry();
    const refresh = addGauges(registry, hub({}));
    refresh(depths);
    refresh(null);
    const lines = await linesOf(registry);
    expect(lines).toContain("guazu_database_answers 0");
    expect(lines).toContain("guazu_hub_sockets 2");
    for (const name of ["guazu_feed_horizon_seconds", "guazu_jobs", "guazu_outbox_waiting", "guazu_channels"])
      expect(
        lines.some((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`)),
        name,
      ).toBe(false);
  });
});
