import type { Cluster } from "./cluster";
import type { Crowd } from "./crowd";

/** What a fault has at hand while it is tried: a running cluster with people who write all the time. */
export type Scene = {
  cluster: Cluster;
  crowd: Crowd;
  /** From the printed seed: the same seed chooses the same moments. */
  random: () => number;
  /** True in `npm test`: once, briefly, with a small load. */
  short: boolean;
  /** Waits between half of the time and all of it, by the seed; the second figure counts in `npm run faults`. */
  pause(shortMs: number, fullMs: number): Promise<void>;
  /** Adds a figure to the report. */
  note(name: string, value: number | string): void;
  /** Holds what this fault promises besides the invariants; every breach is reported. */
  promise(what: string, holds: boolean): void;
  /** Does this when the fault is over, however it ends. */
  after(tidy: () => Promise<unknown>): void;
};

export type Fault = {
  /** The row of the catalogue. */
  name: `F${number}`;
  title: string;
  inject(scene: Scene): Promise<void>;
};

/** One line of the report. Times in seconds. */
export type Line = {
  fault: string;
  seed: number;
  runs: number;
  acked: number;
  lost: number;
  dup: number;
  reordered: number;
  unknown: number;
  catchup_p50_s: number;
  catchup_max_s: number;
  write_outage_max_s: number;
  errors_user_visible: number;
  /** What was promised and did not hold; empty when all is well. */
  broken: string[];
  [figure: string]: number | string | string[];
};
