import { setTimeout as sleep } from "node:timers/promises";
import type { Node } from "../driver/cluster";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import type { Entry } from "../driver/journal";

/** Those of the entries that are stored. */
async function storedOf({ cluster }: Scene, entries: readonly Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const keys = entries.map(({ ref }) => `'${ref}'`).join();
  const rows = await cluster.query(`select client_id from message where client_id in (${keys})`);
  const stored = new Set(rows.map(({ client_id }) => client_id));
  return entries.filter(({ ref }) => stored.has(ref));
}

/**
 * Lets the commits of messages reach PostgreSQL and keeps the answers back: the server has committed and does not know.
 * What only reads goes on, or no message would come so far.
 */
function keepCommitsUnanswered({ postgresWire }: Node): void {
  const writing = new WeakSet<object>();
  postgresWire.watch((chunk, direction, link) => {
    if (direction === "down") return;
    const text = chunk.toString("latin1");
    // The quick way's statement comes with its commit.
    const commits = /\bcommit\b/.test(text) && writing.has(link);
    if (commits || /execute append_store/.test(text)) link.set("down", "hold");
    else if (/insert into "message"/.test(text)) writing.add(link);
    else if (/\b(commit|rollback)\b/.test(text)) writing.delete(link);
  });
}

/** Kills the server, looks at what it left, and brings it back. */
async function killAndReturn({ cluster, pause }: Scene, node: Node, look = async () => {}): Promise<void> {
  cluster.balance(node, false);
  await node.kill9();
  node.postgresWire.watch(null);
  node.redisWire.flow("pass", "pass");
  await look();
  await pause(500, 3_000);
  await node.startAgain();
  cluster.balance(node, true);
}

const f2: Fault = {
  name: "F2",
  title: "a server dies between its commit and the acknowledgement",
  async inject(scene) {
    const { cluster, crowd, note, promise } = scene;
    const { a } = cluster;
    const unanswered = () => crowd.journal.entries.filter(({ via, answered }) => via === a.url && !answered);
    keepCommitsUnanswered(a);
    const between = async () => (await storedOf(scene, unanswered())).filter(({ answered }) => !answered);
    await expectSoon("a message is committed and not acknowledged", async () => (await between()).length > 0);
    await killAndReturn(scene, a, async () => {
      // What was acknowledged in the last moment may still be on its way to the reader.
      const gone = () => crowd.peers.every((peer) => peer.at() !== a.url || peer.status() !== "open");
      await expectSoon("nobody is at it any more", gone, undefined, 5);
      const caught = await between();
      await expectSoon("each is acknowledged in the end", () => caught.every(({ answered }) => answered));
      const repeated = caught.filter(({ answered }) => answered?.dedup);
      note("committed_unacknowledged", caught.length);
      note("told_as_there_already", repeated.length);
      promise("a message stood between commit and acknowledgement", caught.length > 0);
      promise("each of those is answered as there already", repeated.length === caught.length);
    });
  },
};

const f3: Fault = {
  name: "F3",
  title: "a server dies between its commit and the word to the others",
  async inject(scene) {
    const { cluster, crowd, note, promise } = scene;
    const { a, b } = cluster;
    const atB = crowd.peers.filter((peer) => peer.at() === b.url && peer.status() === "open");
    const heard = new Map<string, number>();
    for (const peer of atB) {
      peer.onTold((_, { id }) => heard.set(`${peer.name} ${id}`, performance.now()));
    }
    a.redisWire.flow("vanish", "pass");
    // What was on its way before the word was cut off.
    await sleep(600);
    const mute = performance.now();
    const untold = () =>
      crowd.journal.entries.filter(({ at, via, answered }) => at > mute && via === a.url && answered !== undefined);
    await expectSoon("some are told of nothing", () => untold().length > 5);
    const told = untold();
    await killAndReturn(scene, a);
    const owed = told.flatMap(({ conversation, answered }) =>
      atB.filter((peer) => peer.conversations.includes(conversation)).map((peer) => ({ peer, answered })),
    );
    const late = () => owed.filter(({ peer, answered }) => answered && !heard.has(`${peer.name} ${answered.id}`));
    await expectSoon("the others have what they were not told", () => late().length === 0);
    const waits = owed.map(({ peer, answered }) =>
      answered ? (heard.get(`${peer.name} ${answered.id}`) ?? 0) - answered.at : 0,
    );
    for (const peer of atB) peer.onTold(undefined);
    note("owed", owed.length);
    note("relay_max_s", Math.max(0, ...waits) / 1000);
    promise("somebody was owed a message", owed.length > 0);
  },
};

export const COMMIT_FAULTS = [f2, f3];
