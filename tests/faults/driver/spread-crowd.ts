import type { Cluster } from "./cluster";
import type { Crowd } from "./crowd";
import { expectSoon } from "./expect-soon";

const TRIES = 6;

/** Sends some of those who crowd at one server away to come back anywhere, so that a fault of either finds people there. */
export async function spreadCrowd(cluster: Cluster, { peers }: Crowd): Promise<void> {
  const at = (url: string) => peers.filter((peer) => peer.status() === "open" && peer.at() === url);
  const few = () => cluster.alive().some((url) => at(url).length < peers.length / 4);
  for (let tries = 0; tries < TRIES && few(); tries++) {
    const [crowded] = cluster
      .alive()
      .map(at)
      .sort((a, b) => b.length - a.length);
    const leaving = (crowded ?? []).filter((_, place) => place % 2 === 0);
    const before = leaving.map(({ seen }) => seen.connects);
    for (const peer of leaving) peer.socket()?.terminate();
    const back = () => leaving.every(({ seen }, place) => seen.connects > (before[place] ?? 0));
    await expectSoon("those who were sent away are back", back);
  }
}
