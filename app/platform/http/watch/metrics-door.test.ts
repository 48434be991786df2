import { describe, expect, it } from "vitest";
import { mayReadMetrics } from "./metrics-door.server";

const call = (peer: string, headers: Record<string, string> = {}) => {
  const incoming = {
    method: "GET",
    path: "/metrics",
    query: "",
    headers: new Map(Object.entries(headers)),
    repeated: [],
  };
  return { peer, incoming };
};

describe("who may read the metrics (TK6)", () => {
  it("is this machine alone while there is no token, and nobody through a proxy on it", () => {
    expect(mayReadMetrics(call("127.0.0.1"), undefined)).toBe(true);
    expect(mayReadMetrics(call("::1"), undefined)).toBe(true);
    for (const peer of ["10.0.0.7", "1127.0.0.1", "2001:db8::1", ""])
      expect(mayReadMetrics(call(peer), undefined)).toBe(false);
    for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
      expect(mayReadMetrics(call("127.0.0.1", { [name]: "127.0.0.1" }), undefined)).toBe(false);
  });

  it("is whoever holds the token once there is one, from wherever", () => {
    const token = "a-token-of-the-monitoring";
    expect(mayReadMetrics(call("10.0.0.7", { authorization: `Bearer ${token}` }), token)).toBe(true);
    expect(mayReadMetrics(call("127.0.0.1"), token)).toBe(false);
    for (const authorization of [token, `Bearer ${token}x`, "Bearer", `Basic ${token}`, `Bearer ${token.slice(1)}`])
      expect(mayReadMetrics(call("127.0.0.1", { authorization }), token)).toBe(false);
  });
});
