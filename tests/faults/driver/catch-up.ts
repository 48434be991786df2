import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import type { Crowd } from "./crowd";
import type { Peer } from "./peers/hub-peer";

const EVERY_MS = 20;

/** How far each of the crowd's conversations has come in the database. */
export async function headsOf(cluster: Cluster, { conversations }: Crowd): Promise<Map<string, number>> {
  const ids = conversations.map((id) => `'${id}'`).join();
  const rows = await cluster.query(`select id, last_seq from conversation where id in (${ids})`);
  return new Map(rows.map(({ id, last_seq }) => [String(id), Number(last_seq)]));
}

/** True once the reader has everything up to these numbers, without a hole. */
function hasAll({ pages }: Peer, heads: ReadonlyMap<string, number>, reached: Map<string, number>): boolean {
  for (const [id, { bySeq }] of pages) {
    let at = reached.get(id) ?? 0;
    while (bySeq.has(at + 1)) at++;
    reached.set(id, at);
    if (at < (heads.get(id) ?? 0)) return false;
  }
  return true;
}

/** Seconds from now until each reader has what the database held at `heads`; one that never has is given `limitMs`. */
export async function timeCatchUp(peers: readonly Peer[], heads: ReadonlyMap<string, number>, limitMs: number) {
  const from = performance.now();
  const seconds: number[] = [];
  let late = peers.map((peer) => ({ peer, reached: new Map<string, number>() }));
  for (;;) {
    const passed = (performance.now() - from) / 1000;
    const still = late.filter(({ peer, reached }) => !hasAll(peer, heads, reached));
    for (let n = still.length; n < late.length; n++) seconds.push(passed);
    late = still;
    if (late.length === 0 || passed * 1000 > limitMs) break;
    await sleep(EVERY_MS);
  }
  return [...seconds, ...late.map(() => limitMs / 1000)];
}

/** The value below which this share lies; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
