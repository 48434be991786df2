import { z } from "zod";
import type { Json } from "../wording/json";
import { fillText, readVariable, type Variables } from "../wording/variables";
import { normaliseAnswer } from "./normalise-answer";
import { readPattern } from "./patterns";

export const OPERATORS = [
  "equals",
  "not_equals",
  "contains",
  "starts",
  "ends",
  "greater",
  "less",
  "set",
  "empty",
  "matches",
] as const;
type Operator = (typeof OPERATORS)[number];

const ruleSchema = z.strictObject({
  variable: z.string().min(1).max(200).meta({ description: "A path such as contact.city or flow.choice." }),
  operator: z.enum(OPERATORS),
  value: z
    .string()
    .max(1000)
    .default("")
    .meta({ description: "Compared with; may hold {{variables}}. For matches: a pattern (RE2)." }),
});

/** Rules over variables, joined by "and" (`all`) or "or" (`any`). */
export const conditionSchema = z
  .strictObject({ match: z.enum(["all", "any"]).default("all"), rules: z.array(ruleSchema).min(1).max(20) })
  .meta({
    id: "Condition",
    "x-control": "condition",
    description: "Rules over variables; texts are compared without case and accents.",
  });

export type Condition = z.output<typeof conditionSchema>;
export type Rule = z.output<typeof ruleSchema>;

const isEmpty = (value: Json) =>
  value === null || (typeof value === "string" && value.trim() === "") || (Array.isArray(value) && value.length === 0);

const words = (value: Json) => normaliseAnswer(typeof value === "object" ? "" : String(value));

const same = (a: Json, b: string): boolean =>
  Array.isArray(a) ? a.some((entry) => same(entry, b)) : !isEmpty(a) && words(a) === words(b);

/** Every text begins with nothing; a rule without a value must not hold for that. */
function compares(value: Json, wanted: string, compare: (value: string, wanted: string) => boolean): boolean {
  const sought = words(wanted);
  return sought !== "" && compare(words(value), sought);
}

/** NaN where either is no number, and NaN is neither greater nor less. */
function difference(a: Json, b: string): number {
  if (isEmpty(a) || typeof a === "object" || b.trim() === "") return Number.NaN;
  return Number(String(a).replace(",", ".")) - Number(b.replace(",", "."));
}

/** Looks for a pattern in the value as it was written; one that cannot be read finds nothing. */
function finds(value: Json, pattern: string): boolean {
  if (Array.isArray(value)) return value.some((entry) => finds(entry, pattern));
  return !isEmpty(value) && typeof value !== "object" && (readPattern(pattern)?.finds(String(value)) ?? false);
}

const OPERATIONS: Record<Operator, (value: Json, wanted: string) => boolean> = {
  equals: same,
  not_equals: (value, wanted) => !same(value, wanted),
  contains: (value, wanted) =>
    Array.isArray(value) ? same(value, wanted) : compares(value, wanted, (a, b) => a.includes(b)),
  starts: (value, wanted) => compares(value, wanted, (a, b) => a.startsWith(b)),
  ends: (value, wanted) => compares(value, wanted, (a, b) => a.endsWith(b)),
  greater: (value, wanted) => difference(value, wanted) > 0,
  less: (value, wanted) => difference(value, wanted) < 0,
  set: (value) => !isEmpty(value),
  empty: isEmpty,
  matches: finds,
};

/** Whether a condition holds now. Nothing is evaluated as code; what cannot be compared does not hold. */
export function holds(condition: Condition, variables: Variables): boolean {
  const one = (rule: Rule) => {
    // What a customer wrote is never a pattern.
    const wanted = rule.operator === "matches" ? rule.value : fillText(rule.value, variables);
    return OPERATIONS[rule.operator](readVariable(variables, rule.variable), wanted);
  };
  return condition.match === "all" ? condition.rules.every(one) : condition.rules.some(one);
}

/** A condition's variables as texts with `{{…}}`, for the linter; what stands in for an empty one is nothing. */
export const variablesOfCondition = ({ rules }: Condition): string[] =>
  rules.map((rule) => `{{${rule.variable}|}} ${rule.operator === "matches" ? "" : rule.value}`);
