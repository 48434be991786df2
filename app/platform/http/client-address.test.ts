import { describe, expect, it } from "vitest";
import { clientAddress, normalAddress, proxyTrust, type TrustProxy } from "./client-address.server";

describe("an address", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    [" 10.1.2.3:4567 ", "10.1.2.3"],
    ["0000:0000:0000:0000:0000:ffff:7f00:0001", "127.0.0.1"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["0000:0000:0000:0000:0000:0000:0000:0001", "::1"],
    ["[2001:DB8::1]:443", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["unknown", undefined],
    ["1.2.3", undefined],
    ["1.2.3.4.5", undefined],
    ["<script>", undefined],
    ["", undefined],
  ])("%j is %j", (text, address) => expect(normalAddress(text)).toBe(address));
});

describe("whom to believe", () => {
  it("is nobody, everybody, or a list of addresses and networks", () => {
    expect(proxyTrust(false)("10.0.0.1")).toBe(false);
    expect(proxyTrust(true)("203.0.113.9")).toBe(true);
    const trusts = proxyTrust(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);
    expect(["10.255.0.1", "192.0.2.7", "2001:db8:1::5"].every(trusts)).toBe(true);
    expect(["11.0.0.1", "192.0.2.8", "2001:db9::1", "::1"].some(trusts)).toBe(false);
  });

  it.each(["loopback", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/x", "", "::1/129"])(
    "is not %j",
    (entry) => {
      expect(() => proxyTrust([entry])).toThrow(`"${entry}"`);
    },
  );
});

describe("the client behind proxies", () => {
  it.each<[name: string, peer: string, forwarded: string | undefined, trust: TrustProxy, client: string]>([
    ["is the peer when nobody is trusted", "10.0.0.1", "203.0.113.9", false, "10.0.0.1"],
    ["is the peer when the header is missing", "10.0.0.1", undefined, true, "10.0.0.1"],
    ["is what the one proxy wrote last", "10.0.0.1", "6.6.6.6, 203.0.113.9", true, "203.0.113.9"],
    [
      "is the first that no trusted proxy vouches for",
      "10.0.0.1",
      "6.6.6.6, 203.0.113.9, 10.0.0.2",
      ["10.0.0.0/8"],
      "203.0.113.9",
    ],
    ["is the peer when the peer is not in the list", "203.0.113.1", "6.6.6.6", ["10.0.0.0/8"], "203.0.113.1"],
    ["is the farthest when all are trusted", "10.0.0.1", "10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.3"],
    ["ends where the header stops making sense", "10.0.0.1", "6.6.6.6, unknown, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.2"],
    ["is the peer when the header makes no sense at all", "10.0.0.1", "\u0000,;", true, "10.0.0.1"],
  ])("%s", (_, peer, forwarded, trust, client) => {
    expect(clientAddress(peer, forwarded, trust, proxyTrust(trust))).toBe(client);
  });
});
