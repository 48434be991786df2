import { endlessLoop } from "./endless-loop";
import { labels } from "./labels";
import { missingExit } from "./missing-exit";
import { missingReference } from "./missing-reference";
import { missingTarget } from "./missing-target";
import { noHuman } from "./no-human";
import { overLimits } from "./over-limits";
import { privateAddress } from "./private-address";
import type { LintRule } from "./rule";
import { unknownVariable } from "./unknown-variable";
import { unreachable } from "./unreachable";
import { weights } from "./weights";
import { wrongCode } from "./wrong-code";

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
  missing_target: missingTarget,
  wrong_code: wrongCode,
  private_address: privateAddress,
  weights,
} satisfies Record<string, LintRule>;

export type LintRuleId = keyof typeof lintRules;
