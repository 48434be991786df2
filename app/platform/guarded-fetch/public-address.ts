import { BlockList, isIP } from "node:net";

/** Networks of IPv4 that are nobody's public place (RFC 6890 and its kin), and the clouds' own. */
const CLOSED_V4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  // Azure's machine agent answers at an address that looks public.
  "168.63.129.16/32",
];

/** Of the one block of IPv6 that is handed out: what carries an IPv4 address inside, and what is for documents. */
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const closed = new BlockList();
const handedOut = new BlockList();

function add(list: BlockList, network: string, family: "ipv4" | "ipv6"): void {
  const [base = "", prefix] = network.split("/");
  list.addSubnet(base, Number(prefix), family);
}

for (const network of CLOSED_V4) add(closed, network, "ipv4");
for (const network of CLOSED_V6) add(closed, network, "ipv6");
add(handedOut, "2000::/3", "ipv6");

/**
 * Whether an address is one that anybody on the internet may be asked at. Of IPv6 only what is handed out counts, so that
 * mapped, NAT64, link-local, unique local and multicast addresses are refused without being named.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "");
  const version = isIP(bare);
  if (version === 4) return !closed.check(bare, "ipv4");
  if (version !== 6 || bare.includes("%")) return false;
  return handedOut.check(bare, "ipv6") && !closed.check(bare, "ipv6");
}
