import type { RunState, TraceEntry } from "../engine/run";
import { own } from "../wording/json";

/** A run's stay at one node. `place` counts from 1 over the whole run. */
export type Passage = {
  place: number;
  node: string;
  enteredAt: string;
  /** Null while it is there, or where the run ended in it. */
  leftAt: string | null;
  exit: string | null;
  /** An error or a limit that sent the run on. */
  failed: boolean;
};

/** What one event changed: where the stay that was open ended, and the stays that began. */
export type PassageChange = {
  left: Pick<Passage, "place" | "leftAt" | "exit" | "failed"> | null;
  entered: Passage[];
};

const FAILED_EXITS = new Set(["error", "failed", "limit_reached"]);
const FAILED_ENDS = new Set(["loop", "flow_error"]);

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const enteredSoFar = ({ visits }: RunState): number => Object.values(visits).reduce((sum, visit) => sum + visit, 0);

/**
 * The stays that an event of a run began and ended, out of its trace. Pure, and the same for the same event.
 * @param before the run as it was before the event
 */
export function passagesOf(before: RunState, trace: readonly TraceEntry[]): PassageChange {
  const first = enteredSoFar(before);
  // The node that spoke last is where the run was, whether it waits there or a command led away.
  const open: Passage | null =
    before.node !== null && own(before.visits, before.node) !== undefined
      ? { place: first, node: before.node, enteredAt: "", leftAt: null, exit: null, failed: false }
      : null;
  const stays: Passage[] = open ? [open] : [];
  for (const { what, node, at, detail } of trace) {
    const here = stays.at(-1);
    if (what === "entered" && node !== null) {
      if (here && here.leftAt === null) here.leftAt = at;
      stays.push({
        place: first + stays.length + (open ? 0 : 1),
        node,
        enteredAt: at,
        leftAt: null,
        exit: null,
        failed: false,
      });
    } else if (here && what === "left" && here.node === node) {
      const exit = text(detail.exit);
      Object.assign(here, { leftAt: at, exit, failed: exit !== null && FAILED_EXITS.has(exit) });
    } else if (here && what === "ended" && FAILED_ENDS.has(text(detail.reason) ?? "")) here.failed = true;
  }
  const entered = open ? stays.slice(1) : stays;
  if (!open || (open.leftAt === null && !open.failed)) return { left: null, entered };
  const { place, leftAt, exit, failed } = open;
  return { left: { place, leftAt, exit, failed }, entered };
}
