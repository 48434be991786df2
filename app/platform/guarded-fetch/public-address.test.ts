import { expect, it } from "vitest";
import { isPublicAddress } from "./public-address";

const CLOSED = [
  ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254"],
  ...["172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.19.0.1", "224.0.0.1", "255.255.255.255"],
  ...["168.63.129.16", "192.88.99.1", "203.0.113.9"],
  ...["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a00:1", "64:ff9b::7f00:1"],
  ...["64:ff9b:1::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "100::1"],
  ...["2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "3fff::1", "fec0::1", "5f00::1"],
  ...["", "localhost", "1.2.3", "0x7f.1", "2130706433", "[::1]"],
];
const OPEN = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "[2a00:1450:4003::]"];

it("only what anybody may be asked at is public, in whatever form it is written", () => {
  expect(CLOSED.filter(isPublicAddress)).toEqual([]);
  expect(OPEN.filter((address) => !isPublicAddress(address))).toEqual([]);
});
