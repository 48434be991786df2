import type { Cluster } from "./cluster";
import { expectSoon } from "./expect-soon";
import { createJournal, type Journal } from "./journal";
import { type Peer, startPeer } from "./peers/hub-peer";
import { populate } from "./populate";

export type CrowdSize = {
  conversations: number;
  /** Sockets of staff, and at how many conversations each reads; with none they only write. */
  staff: number;
  each: number;
  /** Where customers knock, when not at the balancer. */
  customersAt?: () => readonly string[];
};

export type Crowd = {
  orgId: string;
  handle: string;
  conversations: string[];
  customers: Peer[];
  staff: Peer[];
  /** Everybody who reads. */
  peers: Peer[];
  journal: Journal;
  /** In every text of this crowd, and in nobody else's. */
  canary: string;
  stop(): Promise<void>;
};

let crowds = 0;
/** Seconds on a machine of its own. */
const LIMIT_MS = 240_000;

/** Customers and staff of one organisation, all connected, each conversation begun. `forbidden` must reach none of them. */
export async function gatherCrowd(cluster: Cluster, size: CrowdSize, forbidden: string): Promise<Crowd> {
  const number = ++crowds;
  const people = await populate(cluster.postgres.direct(), { guests: size.conversations, staff: size.staff });
  const conversations = people.guests.map(({ conversationId }) => conversationId);
  const address = (n: number) => `10.${number}.${n >> 8}.${n & 255}`;
  const shared = { hosts: cluster.alive, forbidden };
  const behind = size.customersAt ? { hosts: size.customersAt } : {};
  const customers = people.guests.map(({ token, conversationId }, n) =>
    startPeer({
      ...shared,
      ...behind,
      name: `c${number}-${n}`,
      token,
      address: address(n),
      conversations: [conversationId],
    }),
  );
  const journal = createJournal();
  const canary = `canario-${people.handle}`;
  await Promise.all(customers.map((peer, n) => journal.write(peer, conversations[n] ?? "", `hola ${canary}`)));
  // Staff see a conversation from its first ticket on.
  const staff = people.staffTokens.map((token, n) => {
    const own = Array.from(
      { length: size.each },
      (_, k) => conversations[(n * size.each + k) % size.conversations] ?? "",
    );
    return startPeer({
      ...shared,
      name: `s${number}-${n}`,
      token,
      address: address(n),
      conversations: [...new Set(own)],
    });
  });
  const peers = [...customers, ...staff];
  const hasBegun = (peer: Peer) =>
    peer.status() === "open" && [...peer.pages.values()].every(({ bySeq }) => bySeq.size > 0);
  await expectSoon("everybody is connected and has what was said", () => peers.every(hasBegun), LIMIT_MS);
  return {
    orgId: people.orgId,
    handle: people.handle,
    conversations,
    customers,
    staff,
    peers,
    journal,
    canary,
    stop: async () => void (await Promise.all(peers.map((peer) => peer.stop()))),
  };
}
