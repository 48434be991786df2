import type { Logger } from "pino";
import type { HubDoors } from "../doors";
import type { HubLimits } from "../limits";
import type { HubSocket } from "../sockets/hub-socket.server";
import type { Outlet } from "./outlet.server";
import type { TopicIndex } from "./topic-index.server";

/** Said between processes only: somebody is there through this one, or is not any more. */
export const ONLINE_BEAT = "online.beat";
/** Said between processes only: who of you has this one there? */
export const ONLINE_ASK = "online.ask";

type Beat = { process: string; here: boolean };
type Watched = {
  askedAt: number;
  /** What was last told, and when whoever was there was last known to be. */
  told: boolean | null;
  seenAt: string | null;
  others: Map<string, number>;
};

type OnlineParts = {
  doors: Pick<HubDoors, "watched" | "beacon" | "seen">;
  index: TopicIndex;
  outlet: Outlet;
  /** Tells the other processes that hear the topic. */
  say: (topic: string, event: string, body: string) => void;
  limits: Pick<HubLimits, "presenceEveryMs" | "presenceForgottenMs" | "goneAfterMs" | "seenEveryMs">;
  log: Logger;
  process: string;
  now: () => number;
};

/**
 * Whether people are there at all, for those who may know it of each other. Each account that is shown has a topic, its
 * beacon, that only who may know joins. A process says it there when somebody comes first or leaves last; a process with
 * watchers asks from time to time on the account's own topic, which reaches just the processes with its sockets, and
 * forgets whom nobody answers for. So cost follows who is looked at, and no row is written for a beat.
 */
export function createOnline({ doors, index, outlet, say, limits, log, process, now }: OnlineParts) {
  /** The sockets of this process by beacon. */
  const here = new Map<string, { account: string; sockets: number }>();
  /** Beacons without a socket since a moment ago: a page that is loaded anew comes back at once. */
  const leaving = new Map<string, number>();
  const watched = new Map<string, Watched>();
  const dirty = new Set<string>();
  /** Accounts that came since it was last written down. */
  let arrived = new Set<string>();
  let resting: NodeJS.Timeout | undefined;
  let writtenAt = now();
  let writing: Promise<void> = Promise.resolve();

  const announce = (beacon: string, isHere: boolean) => {
    say(beacon, ONLINE_BEAT, JSON.stringify({ process, here: isHere } satisfies Beat));
    dirty.add(beacon);
  };
  const writeDown = (accounts: Iterable<string>) => {
    const ids = [...accounts];
    if (ids.length === 0) return;
    writing = writing.then(() =>
      doors.seen(ids).catch((error: unknown) => log.warn({ err: error }, "who was seen was not written down")),
    );
  };
  const tell = (beacon: string) => {
    const home = doors.watched(beacon);
    const before = watched.get(beacon);
    if (!home || !index.get(beacon)) return void watched.delete(beacon);
    const state = before ?? { askedAt: Number.NEGATIVE_INFINITY, told: null, seenAt: null, others: new Map() };
    watched.set(beacon, state);
    const online = here.has(beacon) || state.others.size > 0;
    if (state.told && !online) state.seenAt = new Date().toISOString();
    state.told = online;
    const data = { account: home.account, online, seen_at: online ? null : state.seenAt };
    outlet.push(beacon, JSON.stringify({ t: "event", topic: "account", event: "online", data }));
  };
  const ask = () => {
    for (const [beacon, state] of watched) {
      const home = doors.watched(beacon);
      for (const [other, until] of state.others) if (until <= now() && state.others.delete(other)) dirty.add(beacon);
      if (!home || now() - state.askedAt < limits.presenceEveryMs) continue;
      state.askedAt = now();
      say(home.topic, ONLINE_ASK, beacon);
    }
  };
  const forsake = (beacon: string) => {
    const account = here.get(beacon)?.account;
    leaving.delete(beacon);
    here.delete(beacon);
    announce(beacon, false);
    return account ?? [];
  };

  /** Says that nobody is there through this process any more; resolves when that is written down. */
  const stop = (): Promise<void> => {
    clearTimeout(resting);
    writeDown([...here.keys()].flatMap(forsake));
    watched.clear();
    dirty.clear();
    return writing;
  };

  return {
    /** A socket came to a topic or left it. */
    touch(topic: string): void {
      if (doors.watched(topic) !== null) dirty.add(topic);
    },

    /** A socket opened. */
    come({ principal }: HubSocket): void {
      const beacon = doors.beacon(principal.actor);
      if (!beacon) return;
      clearTimeout(resting);
      arrived.add(principal.account.id);
      const known = here.get(beacon);
      if (known) {
        known.sockets++;
        leaving.delete(beacon);
        return;
      }
      here.set(beacon, { account: principal.account.id, sockets: 1 });
      announce(beacon, true);
    },

    /** A socket closed. */
    go({ principal }: HubSocket): void {
      const beacon = doors.beacon(principal.actor);
      const known = beacon && here.get(beacon);
      if (known && --known.sockets === 0) leaving.set(beacon, now());
    },

    hear(beacon: string, body: string): void {
      const state = watched.get(beacon);
      if (!state) return;
      const beat = JSON.parse(body) as Beat;
      const knew = state.others.has(beat.process);
      if (beat.here) state.others.set(beat.process, now() + limits.presenceForgottenMs);
      else state.others.delete(beat.process);
      if (knew !== beat.here) dirty.add(beacon);
    },

    /** Another process asks for the account of a beacon. */
    hearAsk(beacon: string): void {
      if (here.has(beacon)) say(beacon, ONLINE_BEAT, JSON.stringify({ process, here: true } satisfies Beat));
    },

    /** Once a second. */
    beat(): void {
      const gone = [...leaving].filter(([, since]) => now() - since >= limits.goneAfterMs);
      writeDown(gone.flatMap(([beacon]) => forsake(beacon)));
      const moved = [...dirty];
      dirty.clear();
      for (const beacon of moved) tell(beacon);
      ask();
      if (now() - writtenAt < limits.seenEveryMs) return;
      writtenAt = now();
      writeDown(arrived);
      arrived = new Set();
    },

    /** The last socket closed: says so unless one comes soon. */
    rest(): void {
      clearTimeout(resting);
      resting = setTimeout(() => void stop(), limits.goneAfterMs).unref();
    },
    stop,
  };
}

export type OnlinePart = ReturnType<typeof createOnline>;
