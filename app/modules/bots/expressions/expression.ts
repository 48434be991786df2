import type { Json } from "../wording/json";

export type BinarySign = "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

/** An expression that has been read. It is data: nothing of it is ever run as code. */
export type Expression =
  | { kind: "value"; value: Json }
  | { kind: "variable"; path: string }
  | { kind: "call"; name: string; given: Expression[] }
  | { kind: "not" | "minus"; of: Expression }
  | { kind: "binary"; sign: BinarySign; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; yes: Expression; no: Expression };

/** What is wrong with one, and at which of its characters (from 0). `name` is the function or variable meant. */
export type ExpressionProblem = {
  text: "empty" | "too_long" | "too_deep" | "unexpected" | "unknown_function" | "wrong_count" | "unknown_variable";
  at: number;
  name: string;
};

export type ReadExpression = { ok: true; expression: Expression } | { ok: false; problem: ExpressionProblem };
