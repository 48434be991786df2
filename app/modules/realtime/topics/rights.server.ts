import type { Logger } from "pino";
import type { HubDoors, Refreshed } from "../doors";
import { CLOSE } from "../protocol";
import { type HubSocket, PERSONAL } from "../sockets/hub-socket.server";
import type { Counters } from "./counters";
import type { MembershipPart } from "./membership.server";
import { type TopicIndex, tick } from "./topic-index.server";

const BATCH = 200;
/** Several facts of one transaction, or of one bulk edit, are one reason to look. */
const GATHER_MS = 20;
const AT_ONCE = 8;

type RightsParts = {
  doors: Pick<HubDoors, "refresh">;
  index: TopicIndex;
  membership: MembershipPart;
  sockets: ReadonlySet<HubSocket>;
  counters: Counters;
  log: Logger;
};

/** What distinguishes principals whose rights may differ: two sessions of one account end apart. */
const identity = (socket: HubSocket) => `${socket.principal.key}\n${socket.principal.sessionId ?? ""}`;

/** Takes away what a socket may no longer hear, at once when told and every 30 s in case nobody told. */
export function createRights({ doors, index, membership, sockets, counters, log }: RightsParts) {
  /** Names to ask for anew per socket; `PERSONAL` stands for who it is and all that it holds. */
  const doubted = new Map<HubSocket, Set<string>>();
  /** Sockets that opened, whose principal may have changed since it was let in. */
  const arrived = new Set<HubSocket>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  const doubt = (socket: HubSocket, name: string) => {
    const names = doubted.get(socket) ?? new Set();
    doubted.set(socket, names.add(name));
    socket.rightsVersion++;
  };
  const schedule = (delay = GATHER_MS) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      working = working.then(settle);
    }, delay);
  };

  const rejoinAll = async (socket: HubSocket, names: Iterable<string>) => {
    for (const name of [...names]) {
      if (!socket.ws) return;
      await membership.rejoin(socket, name).catch((error) => {
        log.warn({ err: error }, "rights could not be read; they are asked for again");
        doubt(socket, name);
      });
    }
  };
  const adopt = (socket: HubSocket, now: Refreshed): boolean => {
    if (now === null || typeof now === "string") {
      counters.add("rights_ended");
      const removed = now === "removed";
      socket.ws?.end(removed ? CLOSE.removed : CLOSE.signedOut, removed ? "removed" : "signed out");
      return false;
    }
    const changed = now.rights !== socket.principal.rights;
    socket.principal = now;
    if (changed) {
      socket.rightsVersion++;
      void membership.holdPersonal(socket);
    }
    return changed;
  };

  /** One question for all; returns the sockets whose rights are not what they were. */
  const refresh = async (asked: readonly HubSocket[]): Promise<HubSocket[]> => {
    const groups = new Map<string, HubSocket[]>();
    for (const socket of asked) {
      const group = groups.get(identity(socket));
      if (group) group.push(socket);
      else groups.set(identity(socket), [socket]);
    }
    const changed: HubSocket[] = [];
    const all = [...groups.values()];
    for (let at = 0; at < all.length; at += BATCH) {
      const batch = all.slice(at, at + BATCH);
      const results = await doors.refresh(batch.flatMap(([first]) => (first ? [first.principal] : [])));
      batch.forEach((group, i) => {
        for (const socket of group) if (socket.ws && adopt(socket, results[i] ?? null)) changed.push(socket);
      });
    }
    return changed;
  };

  const settle = async () => {
    const work = [...doubted];
    doubted.clear();
    const whole = new Set(work.filter(([, names]) => names.has(PERSONAL)).map(([socket]) => socket));
    const fresh = [...arrived].filter((socket) => !whole.has(socket));
    arrived.clear();
    try {
      const changed = await refresh([...whole, ...fresh].filter((socket) => socket.ws));
      for (const socket of changed) if (!whole.has(socket)) work.push([socket, new Set([PERSONAL])]);
    } catch (error) {
      log.warn({ err: error }, "principals could not be read; they are asked for again");
      for (const socket of whole) doubt(socket, PERSONAL);
      for (const socket of fresh) arrived.add(socket);
    }
    await inGroups(work, ([socket, names]) => rejoinAll(socket, names.has(PERSONAL) ? socket.held.keys() : names));
    if (doubted.size + arrived.size > 0) schedule(500);
  };

  return {
    /** Somebody said that rights changed for those who hear this topic. */
    recheck(topic: string): void {
      const known = index.get(topic);
      if (known) known.settledAt = tick();
      for (const socket of index.socketsOf(topic)) {
        for (const [as, names] of socket.held) if (names.includes(topic)) doubt(socket, as);
      }
      if (doubted.size > 0) schedule();
    },
    /** A socket opened: what was said between looking at its credentials and hearing its topics is made up for. */
    greet(socket: HubSocket): void {
      if (socket.principal.personalTopics.length === 0 || !socket.ws) return;
      arrived.add(socket);
      schedule();
    },
    /** The net: everybody, without asking for topics where the fingerprint stayed the same. */
    async sweep(): Promise<void> {
      const changed = await refresh([...sockets].filter((socket) => socket.ws));
      await inGroups(changed, (socket) => rejoinAll(socket, socket.held.keys()));
    },
    stop: () => clearTimeout(timer),
  };
}

export type RightsPart = ReturnType<typeof createRights>;

async function inGroups<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(work));
}
