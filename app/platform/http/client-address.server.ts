import { BlockList, isIP, isIPv4 } from "node:net";

/** False: nobody; true: whoever connects, for one hop; a list: these addresses and networks, for any number of hops. */
export type TrustProxy = boolean | string[];

/** An address without port, zone or IPv4 mapping, IPv6 in its short form; undefined when it is none. */
export function normalAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (isIPv4(bare)) return bare;
  if (isIP(bare) !== 6) return undefined;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  const value = Number.parseInt(mapped[1] ?? "", 16) * 65536 + Number.parseInt(mapped[2] ?? "", 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

/** Whether an address in its normal form is this machine itself. */
export const isLoopback = (address: string): boolean =>
  isIPv4(address) ? address.startsWith("127.") : address === "::1";

/**
 * Reads the setting TRUST_PROXY once.
 * @throws Error with one line naming the entry that is neither an address nor a network
 */
export function proxyTrust(setting: TrustProxy): (address: string) => boolean {
  if (typeof setting === "boolean") return () => setting;
  const list = new BlockList();
  for (const entry of setting) {
    const [network, bits, ...rest] = entry.split("/");
    const address = normalAddress(network ?? "");
    const family = address && isIPv4(address) ? "ipv4" : "ipv6";
    const width = family === "ipv4" ? 32 : 128;
    const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (!address || rest.length > 0 || prefix < 0 || prefix > width)
      throw new Error(`TRUST_PROXY must be 0, 1 or a comma list of addresses and networks ("${entry}" is neither)`);
    list.addSubnet(address, prefix, family);
  }
  return (address) => list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/**
 * Who sent the request. X-Forwarded-For is read from its right end, where the nearest proxy wrote, and only as far as
 * trusted proxies reach: what stands left of that was written by the client.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  setting: TrustProxy,
  trusts: (address: string) => boolean,
): string {
  if (!forwardedFor || !trusts(peer)) return peer;
  let address = peer;
  for (const hop of forwardedFor.split(",").reverse()) {
    const next = normalAddress(hop);
    if (!next) return address;
    address = next;
    if (setting === true || !trusts(address)) return address;
  }
  return address;
}
