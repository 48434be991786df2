import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../driver/catch-up";
import type { Cluster } from "../driver/cluster";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import { type Arrival, arrive, type Bare } from "../driver/peers/bare-socket";
import { populate } from "../driver/populate";
import { descriptors, residentMb } from "../driver/process-state";

/** A little under the most that one account may have at one process. */
const EACH_TOKEN = 90;

/** Staff of an organisation of their own, each socket at its one conversation. */
async function stormOf(cluster: Cluster, sockets: number): Promise<Bare[]> {
  const people = await populate(cluster.postgres.direct(), { guests: 1, staff: Math.ceil(sockets / EACH_TOKEN) });
  const [guest] = people.guests;
  const conversation = guest?.conversationId ?? "";
  const api = `${cluster.alive()[0]}/api/v1/conversations/${conversation}/messages`;
  const headers = { authorization: `Bearer ${guest?.token}`, "content-type": "application/json" };
  const body = JSON.stringify({ client_id: crypto.randomUUID(), text: "hola" });
  const begun = await fetch(api, { method: "POST", headers, body });
  if (!begun.ok) throw new Error(`the first message answered ${begun.status}`);
  return Array.from({ length: sockets }, (_, n) => ({
    token: people.staffTokens[Math.floor(n / EACH_TOKEN)] ?? "",
    conversation,
  }));
}

const hangUp = (all: readonly Arrival[]) => {
  for (const { socket } of all) socket?.terminate();
};

const f34: Fault = {
  name: "F34",
  title: "all who were at a server that died come to the other at once",
  async inject({ cluster, pause, short, note, promise, after }) {
    const { a, b } = cluster;
    const people = await stormOf(cluster, short ? 400 : 10_000);
    const first = await Promise.all(people.map((one) => arrive(a.url, one)));
    promise(
      "all came to the first",
      first.every(({ socket }) => socket),
    );
    const memory = residentMb(b.pid());
    cluster.balance(a, false);
    await a.kill9();
    const second = await Promise.all(people.map((one) => arrive(b.url, one)));
    after(async () => hangUp([...first, ...second]));
    const seconds = second.map(({ ms }) => ms / 1000);
    for (const share of [50, 99, 100]) note(`back_p${share}_s`, percentile(seconds, share / 100));
    note("sockets", people.length);
    note(
      "refused_tries",
      second.reduce((sum, { refusals }) => sum + refusals, 0),
    );
    note("rss_delta_mb", residentMb(b.pid()) - memory);
    promise(
      "all are back",
      second.every(({ socket }) => socket),
    );
    await pause(200, 2_000);
    await a.startAgain();
    cluster.balance(a, true);
  },
};

const limitOf = (pid: number | undefined, limit?: string): string =>
  execFileSync("prlimit", [
    "--pid",
    `${pid}`,
    ...(limit ? [`--nofile=${limit}`] : ["--nofile", "-o", "SOFT", "--noheadings"]),
  ])
    .toString()
    .trim();

/** So many more than now may be open: fewer than will knock. */
const SPARE = 30;
/** A connection that the kernel took for a server without descriptors may never be heard of again. */
const KNOCK_MS = 6_000;

async function exhaustDescriptors(scene: Scene): Promise<void> {
  const { cluster, crowd, short, note, promise, after } = scene;
  const { a } = cluster;
  const knocking = short ? 100 : 400;
  const people = await stormOf(cluster, knocking);
  const before = limitOf(a.pid());
  const living = crowd.peers.filter((peer) => peer.at() === a.url && peer.status() === "open");
  const connects = living.map(({ seen }) => seen.connects);
  limitOf(a.pid(), `${(descriptors(a.pid()) ?? 0) + SPARE}:`);
  const knocks = people.map((one) => arrive(a.url, one, KNOCK_MS));
  await sleep(short ? 2_000 : 10_000);
  const from = performance.now();
  const heard = () => crowd.journal.entries.some(({ at, via, answered }) => via === a.url && at > from && answered);
  if (living.length > 0) await expectSoon("those who are in are served", heard);
  promise(
    "nobody who was in was thrown out",
    living.every(({ seen }, n) => seen.connects === connects[n]),
  );
  limitOf(a.pid(), `${before}:`);
  const came = await Promise.all(knocks);
  after(async () => hangUp(came));
  note("knocked", knocking);
  note(
    "refused_tries",
    came.reduce((sum, { refusals }) => sum + refusals, 0),
  );
  note(
    "all_in_s",
    percentile(
      came.map(({ ms }) => ms / 1000),
      1,
    ),
  );
  promise(
    "all come in once there is room",
    came.every(({ socket }) => socket),
  );
}

const f30: Fault = { name: "F30", title: "a server has no file descriptor left", inject: exhaustDescriptors };

export const SOCKET_FAULTS = [f30, f34];
