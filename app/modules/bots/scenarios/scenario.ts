import type { Script } from "./script";
import type { ScenarioDifference } from "./try-script";

export const MOST_SCENARIOS = 50;
export const LONGEST_SCENARIO_NAME = 100;
/** A whole script, in characters of JSON. */
export const LONGEST_SCRIPT = 500_000;

export type Scenario = {
  id: string;
  name: string;
  /** Null where it was kept by a version that this one cannot read. */
  script: Script | null;
  updatedAt: string;
};

/** What came of a scenario on a flow; one that cannot be read has not passed. */
export type ScenarioResult = { id: string; name: string; passed: boolean; differences: ScenarioDifference[] };
