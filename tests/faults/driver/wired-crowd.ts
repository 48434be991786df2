import { type Crowd, gatherCrowd } from "./crowd";
import { expectSoon } from "./expect-soon";
import type { Scene } from "./fault";
import type { Peer } from "./peers/hub-peer";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";
import { judge } from "./verdict";

/** What one socket of staff may write at once. */
const EACH_WRITES = 90;

export type WiredCrowd = {
  /** Customers, each in a conversation of its own, who reach server B by this wire only. */
  peers: Peer[];
  wire: TcpProxy;
  journal: Crowd["journal"];
  /** One message of this customer. */
  write(peer: Peer): Promise<unknown>;
  /** Staff, whose network is whole, write so many in every conversation. */
  writeFromInside(each: number, text?: string): Promise<unknown>;
  /** The n-th of staff writes one message after the other into the first conversation. */
  writeInTurn(n: number, goesOn: () => boolean): Promise<void>;
  /** Until everything is answered and read; the milliseconds that took. Breaches are reported. */
  settle(): Promise<number>;
};

/**
 * People beside the crowd whose network is in our hands, and staff enough to write `each` messages to each of them at
 * once; they leave when the fault is over.
 */
export async function gatherBehindWire(scene: Scene, conversations: number, each = 1): Promise<WiredCrowd> {
  const { cluster } = scene;
  const wire = await startTcpProxy(cluster.b.port);
  const host = `http://127.0.0.1:${wire.port}`;
  const staffEach = Math.ceil(each / EACH_WRITES);
  const size = { conversations, staff: conversations * staffEach, each: 0, customersAt: () => [host] };
  const crowd = await gatherCrowd(cluster, size, scene.crowd.canary);
  scene.after(async () => {
    await crowd.stop();
    await wire.close();
  });
  const { customers, staff, journal, canary } = crowd;
  const say = (peer: Peer | undefined, place: number, text: string) =>
    peer && journal.write(peer, crowd.conversations[place] ?? "", `${canary} ${text}`);
  const inside = (place: number, n: number) => staff[place * staffEach + (n % staffEach)];
  return {
    peers: customers,
    wire,
    journal,
    write: (peer) => journal.write(peer, peer.conversations[0] ?? "", `${canary} detrás del cable`),
    writeFromInside: (times, text = "desde adentro") =>
      Promise.all(
        crowd.conversations.flatMap((_, place) =>
          Array.from({ length: times }, (__, n) => say(inside(place, n), place, `${n} ${text}`)),
        ),
      ),
    async writeInTurn(n, goesOn) {
      while (goesOn()) await say(staff[n], 0, `de ${n}`);
    },
    settle: () => settle(scene, crowd),
  };
}

async function settle(scene: Scene, crowd: Crowd): Promise<number> {
  const settled = async () => {
    const found = await judge(scene.cluster, crowd);
    return found.behind + found.unknown === 0;
  };
  const ms = await expectSoon("those behind the wire have all", settled, LIMIT_MS, 100).catch(() => LIMIT_MS);
  const found = await judge(scene.cluster, crowd);
  for (const name of ZEROES) scene.promise(`behind the wire ${name} is ${found[name]}, not 0`, found[name] === 0);
  return ms;
}

const LIMIT_MS = 120_000;
const ZEROES = ["lost", "dup", "holes", "behind", "reordered", "foreign", "unknown", "errors_user_visible"] as const;
