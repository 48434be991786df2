import { normaliseAnswer } from "../answers/normalise-answer";
import type { Json } from "../wording/json";
import { readVariable, type Variables } from "../wording/variables";
import type { BinarySign, Expression } from "./expression";
import { cut, FUNCTIONS, type Surroundings, toNumber, toText } from "./functions";

const isTrue = (value: Json): boolean =>
  value !== null && value !== false && value !== 0 && value !== "" && !(Array.isArray(value) && value.length === 0);

/** Numbers as numbers, all else as answers are compared: without case and accents. */
function isEqual(left: Json, right: Json): boolean {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== null && b !== null) return a === b;
  if (left === null || right === null || typeof left === "object" || typeof right === "object") return left === right;
  if (typeof left === "boolean" || typeof right === "boolean") return left === right;
  return normaliseAnswer(left.toString()) === normaliseAnswer(right.toString());
}

/** Numbers by size; texts, such as days, by their signs. Null where they cannot be compared. */
function order(left: Json, right: Json): number | null {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== null && b !== null) return a - b;
  if (typeof left !== "string" || typeof right !== "string") return null;
  return left < right ? -1 : left > right ? 1 : 0;
}

type Binary = (left: Json, right: Json) => Json;

const compares =
  (holds: (order: number) => boolean): Binary =>
  (left, right) => {
    const by = order(left, right);
    return by !== null && holds(by);
  };

const counts =
  (work: (a: number, b: number) => number): Binary =>
  (left, right) => {
    const [a, b] = [toNumber(left), toNumber(right)];
    const result = a === null || b === null ? Number.NaN : work(a, b);
    return Number.isFinite(result) ? result : null;
  };

const add = counts((a, b) => a + b);

const SIGNS: Record<Exclude<BinarySign, "or" | "and">, Binary> = {
  "==": isEqual,
  "!=": (left, right) => !isEqual(left, right),
  "<": compares((by) => by < 0),
  "<=": compares((by) => by <= 0),
  ">": compares((by) => by > 0),
  ">=": compares((by) => by >= 0),
  "+": (left, right) => (toNumber(left) === null || toNumber(right) === null ? join(left, right) : add(left, right)),
  "-": counts((a, b) => a - b),
  "*": counts((a, b) => a * b),
  "/": counts((a, b) => a / b),
  "%": counts((a, b) => a % b),
};

const join: Binary = (left, right) => cut(toText(left) + toText(right));

/**
 * What an expression gives with these variables. Pure, and never throws: what cannot be counted (text by text, by zero)
 * is null.
 */
export function evaluate(expression: Expression, variables: Variables, around: Surroundings): Json {
  const value = (of: Expression) => evaluate(of, variables, around);
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "variable":
      return readVariable(variables, expression.path);
    case "not":
      return !isTrue(value(expression.of));
    case "minus":
      return SIGNS["-"](0, value(expression.of));
    case "choice":
      return value(isTrue(value(expression.test)) ? expression.yes : expression.no);
    case "call":
      return FUNCTIONS[expression.name]?.call(expression.given.map(value), around) ?? null;
    case "binary": {
      const left = value(expression.left);
      if (expression.sign === "and") return isTrue(left) && isTrue(value(expression.right));
      if (expression.sign === "or") return isTrue(left) || isTrue(value(expression.right));
      return SIGNS[expression.sign](left, value(expression.right));
    }
  }
}
