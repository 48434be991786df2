import type { Logger } from "pino";
import type { Delivery } from "~/platform/events";
import type { HubDoors, Moved } from "../doors";
import { conversationOf } from "../protocol";
import type { Counters } from "./counters";
import type { DeliveryPart } from "./delivery.server";
import type { Outlet } from "./outlet.server";
import { isBehind, noteDelivered, type TopicIndex } from "./topic-index.server";

type HealingParts = {
  doors: Pick<HubDoors, "movedSince">;
  index: TopicIndex;
  outlet: Outlet;
  delivery: DeliveryPart;
  counters: Counters;
  log: Logger;
  recheck: (topic: string) => void;
};

type Suspect = { moved: Moved; deliveries: Delivery[] };

/**
 * Compares what the database says has changed with what was delivered here. A change is healed when it is still missing
 * one sweep later: in between its frame may simply be on the way.
 */
export function createHealing({ doors, index, outlet, delivery, counters, log, recheck }: HealingParts) {
  let cursor: string | null = null;
  let suspects: Suspect[] = [];
  let running: Promise<boolean> | undefined;
  let failing = false;
  /** Grows at every rest, so that a sweep that was under way then leaves no old cursor behind. */
  let watch = 0;

  const missing = ({ topic, rev }: Moved) => {
    const known = index.get(topic);
    return known !== undefined && isBehind(known, rev);
  };
  const heal = ({ moved, deliveries }: Suspect) => {
    counters.add("healed");
    for (const one of deliveries) if (missing({ ...moved, rev: one.rev ?? -1 })) delivery.redeliver(one);
    if (missing(moved)) {
      const known = index.get(moved.topic);
      if (known) noteDelivered(known, moved.rev);
      outlet.push(moved.topic, notice(moved));
    }
    // What was lost may have been the news that somebody must no longer hear.
    recheck(moved.topic);
  };
  const look = async (): Promise<boolean> => {
    const mine = watch;
    const found = await doors.movedSince(cursor);
    if (mine !== watch) return false;
    const late = suspects;
    suspects = [];
    for (const one of late) if (missing(one.moved)) heal(one);
    if (cursor !== null) {
      suspects = found.moved.filter(missing).map((moved) => ({
        moved,
        deliveries: (found.deliveries ?? []).filter((one) => one.topic === moved.topic),
      }));
    }
    cursor = found.cursor;
    return true;
  };

  /** One sweep; false when the database did not answer, which the next one makes good. */
  const sweep = (): Promise<boolean> => {
    running ??= look()
      .catch((error) => {
        if (!failing) log.warn({ err: error }, "the healing sweep failed");
        return false;
      })
      .then((ok) => {
        failing = !ok && cursor !== null;
        running = undefined;
        return ok;
      });
    return running;
  };

  return {
    sweep,
    /** Resolves once changes from now on will be noticed; tries once, since a dead database refuses the join too. */
    async watching(): Promise<void> {
      if (cursor === null) await sweep();
    },
    /** Nobody listens: the next to come begins from then. */
    rest(): void {
      watch++;
      cursor = null;
      suspects = [];
    },
  };
}

export type HealingPart = ReturnType<typeof createHealing>;

function notice({ as, rev }: Moved): string {
  const conversation = conversationOf(as);
  if (conversation !== null && typeof rev === "number") {
    return JSON.stringify({ t: "heads", heads: { [conversation]: rev } });
  }
  return JSON.stringify({ t: "resync", topic: as });
}
