import { AppError, forbidden } from "~/platform/errors";
import type { HubDoors, Joined } from "../doors";
import { isTopicName } from "../protocol";
import { type HubSocket, PERSONAL, tell } from "../sockets/hub-socket.server";
import { type TopicIndex, tick } from "./topic-index.server";

const JOIN_TRIES = 4;

type MembershipParts = {
  doors: Pick<HubDoors, "join">;
  index: TopicIndex;
  topicsPerSocket: number;
  /** Resolves when the healing net watches, so that nothing falls between a join and its first sweep. */
  watching: () => Promise<void>;
  /** A socket came to a topic, or left it. */
  touch: (topic: string) => void;
};

/** Puts sockets on topics and takes them off again. */
export function createMembership({ doors, index, topicsPerSocket, watching, touch }: MembershipParts) {
  const listen = (socket: HubSocket, names: readonly string[]): Promise<unknown> | null => {
    const waits: Promise<void>[] = [];
    for (const name of names) {
      socket.ws?.subscribe(name);
      touch(name);
      const wait = index.add(name, socket);
      if (wait) waits.push(wait);
    }
    return waits.length > 0 ? Promise.all(waits) : null;
  };
  /** Leaves those that nothing else the socket holds needs. */
  const forsake = (socket: HubSocket, names: readonly string[]) => {
    const needed = new Set([...socket.held.values()].flat());
    for (const name of names) {
      if (needed.has(name)) continue;
      socket.ws?.unsubscribe(name);
      index.remove(name, socket);
      touch(name);
    }
  };
  const hold = (socket: HubSocket, as: string, topics: readonly string[]) => {
    const before = socket.held.get(as) ?? [];
    socket.held.set(as, topics);
    const wait = listen(socket, topics);
    forsake(
      socket,
      before.filter((name) => !topics.includes(name)),
    );
    return wait;
  };
  const leave = (socket: HubSocket, as: string) => {
    const before = socket.held.get(as);
    if (!before || as === PERSONAL) return;
    socket.held.delete(as);
    forsake(socket, before);
  };

  const settledBefore = (names: readonly string[], asked: number) =>
    names.every((name) => {
      const topic = index.get(name);
      return topic !== undefined && topic.ready === null && topic.settledAt < asked;
    });

  /** Where the topics stand: never behind what was delivered here already. */
  const standing = (joined: Joined): number | string => {
    let { rev } = joined;
    if (typeof rev !== "number") return rev;
    for (const name of joined.topics) {
      const topic = index.get(name);
      if (!topic) continue;
      // A number that others were told to expect is left alone, or a lost frame of theirs would go unnoticed.
      if (topic.head === null) topic.head = rev;
      else rev = Math.max(rev, topic.head);
    }
    return rev;
  };

  /**
   * Subscribes first and reads the number after, so that nothing falls between; asks again when rights may have
   * changed meanwhile. Returns the number, or null when the socket closed on the way.
   * @throws AppError of the door, or `unavailable` when rights would not stand still
   */
  const joinUntilStill = async (socket: HubSocket, as: string): Promise<number | string | null> => {
    for (let tries = 0; tries < JOIN_TRIES; tries++) {
      const version = socket.rightsVersion;
      const asked = tick();
      const joined = await doors.join(socket.principal.actor, as);
      if (!socket.ws) return null;
      const wait = hold(socket, as, joined.topics);
      if (wait) await wait;
      else if (version === socket.rightsVersion && settledBefore(joined.topics, asked)) return standing(joined);
    }
    throw new AppError("unavailable", 503, { retryable: true });
  };

  return {
    /** @throws AppError `forbidden`, `too_many_topics`, or the door's own; the socket then does not hear the topic. */
    async join(socket: HubSocket, as: string): Promise<void> {
      if (!isTopicName(as)) throw forbidden();
      if (!socket.held.has(as) && socket.held.size + socket.joining >= topicsPerSocket) {
        throw new AppError("too_many_topics", 429, { data: { limit: topicsPerSocket } });
      }
      socket.joining++;
      try {
        await watching();
        const rev = await joinUntilStill(socket, as);
        if (rev !== null) tell(socket, { t: "subscribed", topic: as, rev });
      } catch (error) {
        leave(socket, as);
        throw error;
      } finally {
        socket.joining--;
      }
    },
    leave,

    /**
     * Asks anew for one topic that the socket holds. Leaves it, with an `error` frame, where it is refused; a list that
     * is made of other topics now is to be fetched anew.
     * @throws whatever is not a refusal; the topic then stays as it was
     */
    async rejoin(socket: HubSocket, as: string): Promise<void> {
      const before = socket.held.get(as);
      if (!before || as === PERSONAL) return;
      try {
        const { topics } = await doors.join(socket.principal.actor, as);
        if (!socket.ws || !socket.held.has(as)) return;
        hold(socket, as, topics);
        const same = topics.length === before.length && topics.every((name) => before.includes(name));
        if (!same) tell(socket, { t: "resync", topic: as });
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 429) throw error;
        leave(socket, as);
        tell(socket, { t: "error", code: error.code, message: error.code, data: { topic: as } });
      }
    },

    /** Resolves when the socket hears its principal's own topics for sure. */
    async holdPersonal(socket: HubSocket): Promise<void> {
      await hold(socket, PERSONAL, socket.principal.personalTopics);
    },

    /** After the socket closed: its subscriptions ended with it. */
    forget(socket: HubSocket): void {
      for (const name of [...socket.held.values()].flat()) {
        index.remove(name, socket);
        touch(name);
      }
      socket.held.clear();
    },
  };
}

export type MembershipPart = ReturnType<typeof createMembership>;
