import { z } from "zod";
import type { Flow } from "../flow";
import { flowGraph } from "./flow-graph";
import type { LintContext, LintRule, Severity } from "./rule";
import { type LintRuleId, lintRules } from "./rules";

/** One finding. `message.key` is a key of the interface's texts, `message.params` what goes into it. */
export type LintProblem = {
  rule: LintRuleId;
  severity: Severity;
  /** Null for what is of the whole flow. */
  node: string | null;
  message: { key: string; params: { [name: string]: string | number } };
};

const entries = Object.entries(lintRules) as [LintRuleId, LintRule][];

/** What is wrong with a flow, errors (which forbid publishing) before warnings. */
export function lintFlow(flow: Flow, context: LintContext = {}): LintProblem[] {
  const graph = flowGraph(flow, context);
  const problems = entries.flatMap(([rule, { find }]) =>
    find(graph).map(({ severity, node, text, params }) => ({
      rule,
      severity,
      node,
      message: { key: `bots.lint.${rule}.${text}`, params },
    })),
  );
  return [...problems.filter((p) => p.severity === "error"), ...problems.filter((p) => p.severity === "warning")];
}

/** A problem in English, for the command line. */
function inEnglish({ rule, message }: LintProblem): string {
  const name = message.key.slice(message.key.lastIndexOf(".") + 1);
  const text = (lintRules[rule] as LintRule).texts[name] ?? message.key;
  return text.replace(/\{(\w+)\}/g, (_, param: string) => String(message.params[param] ?? ""));
}

const ruleIds = entries.map(([rule]) => rule) as [LintRuleId, ...LintRuleId[]];

/** What `flow:lint --json` prints under `data`. */
export const lintRowSchema = z.strictObject({
  rule: z.enum(ruleIds),
  severity: z.enum(["error", "warning"]).meta({ description: "Errors forbid publishing." }),
  node: z.string().nullable().meta({ description: "The node's id; null for what is of the whole flow." }),
  message: z.string().meta({ description: "What is wrong, in English." }),
});

/** The problems as the command line prints them. */
export const lintRows = (problems: readonly LintProblem[]): z.output<typeof lintRowSchema>[] =>
  problems.map((problem) => ({
    rule: problem.rule,
    severity: problem.severity,
    node: problem.node,
    message: inEnglish(problem),
  }));
