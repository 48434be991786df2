import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, pauseInHeaders, readReceipt } from "./read-receipt";

const accepted = (json: unknown) =>
  (json as { id?: string } | undefined)?.id ? { outcome: "sent" as const, externalId: "x", addresses: [] } : undefined;
const answered = (status: number, json: unknown, headers: Record<string, string> = {}) =>
  ({ outcome: "answered", status, json, headers: new Headers(headers) }) as const;
const read = (answer: Parameters<typeof readReceipt>[0], attempt = 0) =>
  readReceipt(answer, attempt, () => 0, accepted);
const refusal = (code: number, over: object = {}) => ({
  error: { code, message: `(#${code}) no`, type: "OAuthException", fbtrace_id: "T1", ...over },
});

describe("backoffMs", () => {
  it("doubles to five minutes and adds up to half", () => {
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, () => 0))).toEqual([1000, 2000, 4000, 8000]);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const pause = backoffMs(attempt, () => random);
        expect(pause).toBeGreaterThanOrEqual(1000);
        expect(pause).toBeLessThanOrEqual(450_000);
      }),
    );
  });
});

describe("pauseInHeaders", () => {
  const usage = (...minutes: unknown[]) => ({
    "X-Business-Use-Case-Usage": JSON.stringify({
      "1": minutes.map((estimated_time_to_regain_access) => ({ estimated_time_to_regain_access })),
    }),
  });
  it("takes the longest that is asked for", () => {
    expect(pauseInHeaders(new Headers(usage(0, 7, 3)))).toBe(7 * 60_000);
    expect(pauseInHeaders(new Headers({ "Retry-After": "30" }))).toBe(30_000);
    expect(pauseInHeaders(new Headers({ ...usage(1), "Retry-After": "90" }))).toBe(90_000);
    expect(pauseInHeaders(new Headers(usage(1e9)))).toBe(24 * 3_600_000);
  });

  it.each(["", "{", "[]", "7", '{"1":5}', '{"1":[null,{"estimated_time_to_regain_access":"soon"}]}'])(
    "asks for nothing with %j",
    (header) => {
      expect(
        pauseInHeaders(new Headers({ "X-Business-Use-Case-Usage": header, "Retry-After": "Wed, 21 Oct 2026" })),
      ).toBe(0);
    },
  );
});

describe("readReceipt", () => {
  it("believes a success only with an id", () => {
    expect(read(answered(200, { id: "x" }))).toMatchObject({ outcome: "sent" });
    for (const json of [undefined, {}, [], null, "ok"])
      expect(read(answered(200, json))).toMatchObject({ outcome: "unknown" });
  });

  it("tries again only what certainly did not leave", () => {
    expect(read({ outcome: "not_sent", code: "ECONNREFUSED", text: "" }, 2)).toMatchObject({
      outcome: "failed",
      retry: { afterMs: 4000 },
    });
    expect(read({ outcome: "unclear", code: "TimeoutError", text: "" })).toMatchObject({ outcome: "unknown" });
    for (const answer of [
      answered(502, undefined),
      answered(500, refusal(1)),
      answered(400, refusal(1)),
      answered(503, refusal(2)),
      answered(500, refusal(131000)),
    ]) {
      expect(read(answer)).toMatchObject({ outcome: "unknown" });
    }
  });

  it("waits four to the power of the attempts after a pair limit, and as long as a header asks", () => {
    const pair = (attempt: number, headers?: Record<string, string>) =>
      read(answered(400, refusal(131056), headers), attempt);
    expect([0, 1, 2, 3].map((n) => pair(n))).toMatchObject(
      [1000, 4000, 16_000, 64_000].map((afterMs) => ({ retry: { afterMs } })),
    );
    expect(pair(50)).toMatchObject({ retry: { afterMs: 3_600_000 } });
    expect(pair(0, { "Retry-After": "5" })).toMatchObject({ retry: { afterMs: 5000 } });
    expect(
      read(
        answered(400, refusal(80007), { "X-Business-Use-Case-Usage": '{"1":[{"estimated_time_to_regain_access":2}]}' }),
      ),
    ).toMatchObject({
      reason: "throttled",
      retry: { afterMs: 120_000 },
    });
  });

  it("stops the channel for a dead token and for a ban, and for nothing else", () => {
    expect(read(answered(401, refusal(190, { error_subcode: 463 })))).toMatchObject({
      reason: "auth",
      channel: "auth_dead",
      subcode: "463",
      retry: "no",
      trace: "T1",
    });
    expect(read(answered(403, refusal(131031)))).toMatchObject({ reason: "policy", channel: "policy", retry: "no" });
    for (const code of [131047, 131026, 100, 10, 132001]) {
      const receipt = read(answered(400, refusal(code)));
      expect(receipt).toMatchObject({ outcome: "failed", retry: "no", code: String(code) });
      expect(receipt).not.toHaveProperty("channel");
    }
  });

  it("says it in the provider's words, the most telling first, and not at any length", () => {
    expect(read(answered(400, refusal(100, { error_data: { details: "Too long" } })))).toMatchObject({
      text: "Too long",
    });
    expect(read(answered(400, refusal(100, { error_user_msg: "x".repeat(900) })))).toMatchObject({
      text: "x".repeat(500),
    });
    expect(read(answered(404, undefined))).toMatchObject({ outcome: "failed", code: "http_404", text: "HTTP 404" });
    expect(read(answered(302, undefined))).toMatchObject({ outcome: "failed", retry: "no" });
    expect(read(answered(200, refusal(100)))).toMatchObject({ outcome: "failed", code: "100" });
  });
});
