import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CapabilityInput, capability } from "./capability";
import { DRIVERS } from "./drivers.server";
import { CHANNEL_KINDS, carriesFiles } from "./kinds";

const HOUR = 3_600_000;
const now = new Date("2026-03-10T12:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const ask = (over: Partial<CapabilityInput>) =>
  capability({
    kind: "whatsapp",
    lastInboundAt: ago(1),
    now,
    author: "human",
    blocked: false,
    connected: true,
    ...over,
  });

describe("capability", () => {
  it.each(["internal", "web"] as const)("is always free on %s, even to somebody who never wrote", (kind) => {
    expect(ask({ kind, lastInboundAt: null })).toEqual({ mode: "free" });
    expect(ask({ kind, lastInboundAt: ago(10_000), author: "bot" })).toEqual({ mode: "free" });
  });

  it("is free on WhatsApp for 24 hours and not a millisecond more", () => {
    expect(ask({ lastInboundAt: ago(23) })).toEqual({ mode: "free", until: new Date(now.getTime() + HOUR) });
    expect(ask({ lastInboundAt: new Date(now.getTime() - 24 * HOUR + 1) })).toMatchObject({ mode: "free" });
    expect(ask({ lastInboundAt: ago(24) })).toEqual({ mode: "template" });
  });

  it("leaves only templates on WhatsApp to somebody who never wrote, for bots too", () => {
    expect(ask({ lastInboundAt: null })).toEqual({ mode: "template" });
    expect(ask({ lastInboundAt: ago(25), author: "bot" })).toEqual({ mode: "template" });
  });

  it.each(["messenger", "instagram"] as const)("lets people, never bots, answer for seven days on %s", (kind) => {
    expect(ask({ kind, lastInboundAt: ago(23) })).toMatchObject({ mode: "free" });
    expect(ask({ kind, lastInboundAt: ago(24) })).toEqual({
      mode: "human_tag",
      until: new Date(now.getTime() + 6 * 24 * HOUR),
    });
    expect(ask({ kind, lastInboundAt: ago(24), author: "bot" })).toEqual({ mode: "blocked", reason: "window_closed" });
    expect(ask({ kind, lastInboundAt: ago(7 * 24) })).toEqual({ mode: "blocked", reason: "window_closed" });
    expect(ask({ kind, lastInboundAt: null })).toEqual({ mode: "blocked", reason: "never_wrote" });
  });

  it.each(CHANNEL_KINDS)("is blocked on %s for a blocked contact and for a channel that cannot send", (kind) => {
    expect(ask({ kind, blocked: true })).toEqual({ mode: "blocked", reason: "contact_blocked" });
    expect(ask({ kind, connected: false })).toEqual({ mode: "blocked", reason: "disconnected" });
  });

  it("never grants more than 24 hours from now when the provider's clock runs ahead", () => {
    expect(ask({ lastInboundAt: ago(-500) })).toEqual({ mode: "free", until: new Date(now.getTime() + 24 * HOUR) });
    expect(ask({ lastInboundAt: new Date(Number.NaN) })).toEqual({ mode: "template" });
  });

  it("never grants a bot more than a human, and `until` always lies ahead", () => {
    const rank = { free: 3, human_tag: 2, template: 1, blocked: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...CHANNEL_KINDS), fc.option(fc.integer({ min: -1e9, max: 2e9 })), (kind, age) => {
        const lastInboundAt = age === null ? null : new Date(now.getTime() - age);
        const human = ask({ kind, lastInboundAt });
        const bot = ask({ kind, lastInboundAt, author: "bot" });
        expect(rank[bot.mode]).toBeLessThanOrEqual(rank[human.mode]);
        for (const answer of [human, bot]) {
          if ("until" in answer && answer.until) expect(answer.until.getTime()).toBeGreaterThan(now.getTime());
        }
      }),
    );
  });
});

it.each(CHANNEL_KINDS)("files are offered on %s where the server takes them", (kind) =>
  expect(carriesFiles(kind)).toBe(DRIVERS[kind].delivery === "hub"),
);
