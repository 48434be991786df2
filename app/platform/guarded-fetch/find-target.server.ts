import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { FetchRefusal } from "./fetch-refusal";
import { isPublicAddress } from "./public-address";

export type Address = { address: string; family: 4 | 6 };

/** What the guard asks of the world; tests give others. */
export type World = {
  /** All addresses of a name. */
  resolve: (name: string) => Promise<Address[]>;
  isPublic: (address: string) => boolean;
  ports: readonly number[];
};

/** Names that are never on the internet (RFC 2606, 6761, 6762, 7686, 8375): nobody is asked where they lie. */
const RESERVED = /(^|\.)(test|example|invalid|localhost|local|internal|onion|home\.arpa)\.?$/i;

export const INTERNET: World = {
  resolve: async (name) => (RESERVED.test(name) ? [] : ((await lookup(name, { all: true })) as Address[])),
  isPublic: isPublicAddress,
  ports: [80, 443],
};

/** Where one request goes: the address that was looked at is the one that is connected to. */
export type Target = { url: URL; at: Address };

/** What the caller trusts: origins that settings name, and names that are nobody's to ask for (the product's own). */
export type Trust = { origins: readonly string[]; closedHosts: readonly string[] };

/** @throws FetchRefusal for what is no address of the web */
export function readAddress(given: string | URL, base?: URL): URL {
  if (!URL.canParse(String(given), base?.href)) throw new FetchRefusal("address_invalid");
  const url = new URL(String(given), base?.href);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new FetchRefusal("scheme_refused");
  if (url.username || url.password) throw new FetchRefusal("credentials_refused");
  url.hash = "";
  return url;
}

const portOf = ({ port, protocol }: URL) => (port ? Number(port) : protocol === "https:" ? 443 : 80);

/**
 * Asks once where a name lies. A name with any address that is not public is refused whole, so that nobody learns which
 * of them would have been taken.
 * @throws FetchRefusal
 */
export async function findTarget(url: URL, { origins, closedHosts }: Trust, world: World): Promise<Target> {
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const trusted = origins.includes(url.origin);
  if (!trusted && !world.ports.includes(portOf(url))) throw new FetchRefusal("port_refused");
  if (!trusted && closedHosts.includes(name.replace(/\.$/, ""))) throw new FetchRefusal("address_refused");
  const addresses = await addressesOf(name, world);
  if (!trusted && !addresses.every(({ address }) => world.isPublic(address))) throw new FetchRefusal("address_refused");
  const [first] = addresses;
  if (!first) throw new FetchRefusal("unreachable");
  // Not every machine has IPv6, and who has it is reached by IPv4 as well.
  return { url, at: addresses.find(({ family }) => family === 4) ?? first };
}

async function addressesOf(name: string, world: World): Promise<Address[]> {
  const version = isIP(name);
  if (version) return [{ address: name, family: version as 4 | 6 }];
  try {
    return await world.resolve(name);
  } catch (cause) {
    throw new FetchRefusal("unreachable", { cause });
  }
}
