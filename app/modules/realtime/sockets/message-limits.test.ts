import { describe, expect, it } from "vitest";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import type { Principal } from "../doors";
import { DEFAULT_LIMITS } from "../limits";
import { createMessageLimits } from "./message-limits.server";

const limits = {
  ...DEFAULT_LIMITS,
  messagesPerMinute: 10,
  guestMessagesPerAddress: 20,
  guestMessagesPerOrganisation: 40,
};

/** Each guest is somebody else, unless named. */
function guest(name: string, address: string, orgId = "tienda") {
  return { address, principal: { key: `guest:${name}`, actor: { kind: "guest", orgId } } as Principal };
}
const member = (name: string, address: string) => ({
  address,
  principal: { key: `account:${name}`, actor: { kind: "account" } } as Principal,
});

function start() {
  const clock = { ms: 0 };
  const messages = createMessageLimits(limits, () => clock.ms);
  const sent = (sender: Parameters<typeof messages.take>[0], tries: number) =>
    Array.from({ length: tries }, () => messages.take(sender)).filter((seconds) => seconds === 0).length;
  return { clock, messages, sent };
}

describe("what a message counts against (TB8)", () => {
  it("is its sender, whoever that is", () => {
    const { sent } = start();
    expect(sent(guest("rosa", "203.0.113.1"), 30)).toBe(10);
    expect(sent(member("ana", "203.0.113.9"), 30)).toBe(10);
  });

  it("is a guest's address, however many guests it has, and an account's never", () => {
    const { sent, messages, clock } = start();
    const from = ["rosa", "luis", "elsa", "juan"].map((name) => sent(guest(name, "2001:db8:1:2::7"), 10));
    expect(from).toEqual([10, 10, 0, 0]);
    expect(sent(guest("olga", "2001:db8:1:2:ffff::1"), 5)).toBe(0);
    expect(sent(guest("tito", "2001:db8:1:3::7"), 5)).toBe(5);
    expect(sent(member("ana", "2001:db8:1:2::7"), 5)).toBe(5);
    const seconds = messages.take(guest("elsa", "2001:db8:1:2::7"));
    expect(seconds).toBe(3);
    clock.ms += seconds * 1000;
    expect(sent(guest("elsa", "2001:db8:1:2::7"), 5)).toBe(1);
  });

  it("is the organisation of guests, from wherever they write, and no other's", () => {
    const { sent } = start();
    const all = Array.from({ length: 9 }, (_, n) => sent(guest(`g${n}`, `203.0.113.${n}`), 5));
    expect(all).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 0]);
    expect(sent(guest("x", "203.0.113.77", "taller"), 5)).toBe(5);
    expect(sent(member("ana", "203.0.113.78"), 5)).toBe(5);
  });

  it("is no address where all come through this machine", () => {
    const { sent } = start();
    expect(["a", "b", "c", "d"].map((name) => sent(guest(name, "127.0.0.1"), 10))).toEqual([10, 10, 10, 10]);
    expect(sent(guest("e", "::1", "taller"), 10)).toBe(10);
  });

  it("costs the others nothing when one refuses", () => {
    const { sent } = start();
    const flood = guest("flood", "203.0.113.1");
    expect(sent(flood, 500)).toBe(10);
    expect(sent(guest("beside", "203.0.113.1"), 10)).toBe(10);
    expect(sent(guest("elsewhere", "203.0.113.2"), 10)).toBe(10);
  });

  it("holds over two processes that share a limiter, but for what is not told yet", async () => {
    const shared = memoryRateLimiter(() => 0);
    const process = () => createMessageLimits({ ...limits, messagesPerMinute: 1_000 }, () => 0, shared);
    const both = [process(), process()];
    let sent = 0;
    for (let turn = 0; turn < 200; turn++) {
      if (both[turn % 2]?.take(guest(`g${turn}`, "203.0.113.1")) === 0) sent++;
      await new Promise((done) => setImmediate(done));
    }
    expect(sent).toBeGreaterThanOrEqual(20);
    expect(sent).toBeLessThanOrEqual(22);
  });
});
