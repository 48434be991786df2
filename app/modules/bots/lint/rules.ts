import { endlessLoop } from "./endless-loop";
import { labels } from "./labels";
import { missingExit } from "./missing-exit";
import { missingReference } from "./missing-reference";
import { noHuman } from "./no-human";
import { overLimits } from "./over-limits";
import type { LintRule } from "./rule";
import { unknownVariable } from "./unknown-variable";
import { unreachable } from "./unreachable";

/** Everything that the linter looks for. A new rule is a file beside this one and a line here. */
export const lintRules = {
  missing_exit: missingExit,
  unreachable,
  endless_loop: endlessLoop,
  no_human: noHuman,
  labels,
  unknown_variable: unknownVariable,
  over_limits: overLimits,
  missing_reference: missingReference,
} satisfies Record<string, LintRule>;

export type LintRuleId = keyof typeof lintRules;
