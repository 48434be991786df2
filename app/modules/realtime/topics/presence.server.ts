import type { HubDoors } from "../doors";
import type { HubLimits } from "../limits";
import type { Outlet } from "./outlet.server";
import type { TopicIndex } from "./topic-index.server";

/** Said between processes only: who looks at a conversation through this one. */
export const PRESENCE_BEAT = "presence.beat";

type Viewer = { id: string; name: string };
type Beat = { process: string; viewers: Viewer[]; ask: boolean };
type Known = {
  /** Who looks at it through this process, as the others were last told. */
  own: Viewer[];
  saidAt: number;
  others: Map<string, { viewers: Viewer[]; until: number }>;
};

type PresenceParts = {
  doors: Pick<HubDoors, "viewed" | "viewer">;
  index: TopicIndex;
  outlet: Outlet;
  /** Tells the other processes that hear the topic. */
  say: (topic: string, event: string, body: string) => void;
  limits: Pick<HubLimits, "presenceEveryMs" | "presenceForgottenMs">;
  process: string;
  now: () => number;
};

const sameViewers = (a: readonly Viewer[], b: readonly Viewer[]) =>
  a.length === b.length && a.every((one, place) => one.id === b[place]?.id && one.name === b[place]?.name);

/** One entry a person, in an order that all processes share. */
function unique(viewers: readonly Viewer[]): Viewer[] {
  const byId = new Map(viewers.map((one) => [one.id, one]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Who looks at a conversation now. Each process counts its own sockets, says what it counted to the processes that hear
 * the same topic, and says it again from time to time; what is not said again is forgotten, so that a process that died
 * takes its viewers with it. Nothing of it is stored anywhere.
 */
export function createPresence({ doors, index, outlet, say, limits, process, now }: PresenceParts) {
  const known = new Map<string, Known>();
  const dirty = new Set<string>();

  const ownOf = (topic: string): Viewer[] =>
    unique(index.socketsOf(topic).flatMap(({ principal }) => doors.viewer(principal.actor) ?? []));

  const announce = (topic: string, state: Known, ask: boolean) => {
    state.saidAt = now();
    say(topic, PRESENCE_BEAT, JSON.stringify({ process, viewers: state.own, ask } satisfies Beat));
  };
  const tell = (topic: string, state: Known) => {
    const as = doors.viewed(topic);
    if (!as) return;
    const viewers = unique([...state.own, ...[...state.others.values()].flatMap((one) => one.viewers)]);
    const data = { conversation: as.slice(as.indexOf(":") + 1), viewers };
    outlet.push(topic, JSON.stringify({ t: "event", topic: as, event: "presence", data }));
  };
  const refresh = (topic: string) => {
    const own = ownOf(topic);
    const before = known.get(topic);
    if (!before && own.length === 0) return;
    const state = before ?? { own: [], saidAt: 0, others: new Map() };
    const changed = !sameViewers(state.own, own);
    known.set(topic, state);
    state.own = own;
    // Who comes first asks who is there elsewhere.
    if (changed) announce(topic, state, before === undefined);
    if (index.get(topic)) tell(topic, state);
    else known.delete(topic);
  };

  return {
    /** A socket came to a topic or left it. */
    touch(topic: string): void {
      if (doors.viewed(topic) !== null) dirty.add(topic);
    },

    hear(topic: string, body: string): void {
      const state = known.get(topic);
      const beat = JSON.parse(body) as Beat;
      if (!state) return;
      const before = state.others.get(beat.process)?.viewers ?? [];
      if (beat.viewers.length === 0) state.others.delete(beat.process);
      else state.others.set(beat.process, { viewers: beat.viewers, until: now() + limits.presenceForgottenMs });
      if (!sameViewers(before, beat.viewers)) dirty.add(topic);
      if (beat.ask && state.own.length > 0) announce(topic, state, false);
    },

    /** Once a second: tells what changed, says again what stands, forgets what was not said again. */
    beat(): void {
      for (const [topic, state] of known) {
        if (state.own.length > 0 && now() - state.saidAt >= limits.presenceEveryMs) announce(topic, state, false);
        for (const [other, { until }] of state.others) {
          if (until > now()) continue;
          state.others.delete(other);
          dirty.add(topic);
        }
      }
      const moved = [...dirty];
      dirty.clear();
      for (const topic of moved) refresh(topic);
    },

    /** Says that nobody looks through this process any more. */
    stop(): void {
      for (const [topic, state] of known) {
        if (state.own.length === 0) continue;
        state.own = [];
        announce(topic, state, false);
      }
      known.clear();
      dirty.clear();
    },
  };
}

export type PresencePart = ReturnType<typeof createPresence>;
