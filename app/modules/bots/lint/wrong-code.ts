import { readPattern } from "../answers/patterns";
import { readExpression } from "../expressions/read-expression";
import { definitionOf } from "../flow";
import type { Checked } from "../nodes/define-node";
import { defineRule, type Finding } from "./rule";

type Text = "pattern" | "expression" | "function" | "variable" | "value";

const NUMBER = /^\s*[+-]?\d+(?:[.,]\d+)?\s*$/;

type Fault = { text: Text; params: Finding["params"] };

const patternFault = (pattern: string): Fault[] =>
  readPattern(pattern) ? [] : [{ text: "pattern", params: { pattern: pattern.slice(0, 100) } }];

function expressionFault(expression: string): Fault[] {
  const read = readExpression(expression);
  if (read.ok) return [];
  const { text, at, name } = read.problem;
  if (text === "unknown_function") return [{ text: "function", params: { name } }];
  if (text === "unknown_variable") return [{ text: "variable", params: { name } }];
  return [{ text: "expression", params: { place: at + 1 } }];
}

function conditionFaults({ condition }: Extract<Checked, { what: "condition" }>): Fault[] {
  return condition.rules.flatMap(({ operator, value }): Fault[] => {
    if (operator === "matches") return patternFault(value);
    const counts = operator === "greater" || operator === "less";
    if (counts && !value.includes("{{") && !NUMBER.test(value)) return [{ text: "value", params: { value } }];
    return [];
  });
}

function faults(checked: Checked): Fault[] {
  if (checked.what === "pattern") return patternFault(checked.pattern);
  if (checked.what === "expression") return expressionFault(checked.expression);
  return checked.what === "condition" ? conditionFaults(checked) : [];
}

/** Patterns and expressions that cannot be read, and what is compared by size without being a number: none ever holds. */
export const wrongCode = defineRule<Text>(
  {
    pattern: "The pattern “{pattern}” cannot be read.",
    expression: "The expression cannot be read: look at its character {place}.",
    function: "There is no function “{name}” for expressions.",
    variable: "“{name}” is no variable that an expression can read.",
    value: "“{value}” is no number, so nothing is greater or less than it.",
  },
  ({ flow }) =>
    flow.nodes.flatMap((node) =>
      (definitionOf(node).checks?.(node.settings) ?? [])
        .flatMap(faults)
        .map((fault): Finding<Text> => ({ severity: "error", node: node.id, ...fault })),
    ),
);
