import { isReadablePath } from "../wording/variables";
import type { BinarySign, Expression, ExpressionProblem, ReadExpression } from "./expression";
import { FUNCTIONS } from "./functions";
import { type Token, tokensOf } from "./tokens";

const LONGEST = 1000;
const DEEPEST = 40;

class Refusal extends Error {
  constructor(readonly problem: ExpressionProblem) {
    super(problem.text);
  }
}

/** From the loosest to the tightest; signs of one level are joined from the left. */
const LEVELS: readonly (readonly BinarySign[])[] = [
  ["or"],
  ["and"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];
const SAME: Readonly<Record<string, BinarySign>> = { "||": "or", "&&": "and", "=": "==" };
const CONSTANTS = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Recursive descent: one step a token, as deep as `DEEPEST` brackets. */
class Reader {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly length: number,
  ) {}

  all(): Expression {
    const expression = this.choice();
    if (this.at < this.tokens.length) throw this.refuse("unexpected");
    return expression;
  }

  private refuse(text: ExpressionProblem["text"], token = this.tokens[this.at]): Refusal {
    return new Refusal({ text, at: token?.at ?? this.length, name: String(token?.value ?? "") });
  }

  /** The next sign or word as it is written in the syntax, not in a text. */
  private next(): string | null {
    const token = this.tokens[this.at];
    return token?.kind === "sign" || token?.kind === "name" ? (SAME[token.value] ?? token.value) : null;
  }

  private takes(sign: string): boolean {
    if (this.next() !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw this.refuse("unexpected");
  }

  private within<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw this.refuse("too_deep");
    const result = read();
    this.depth--;
    return result;
  }

  private choice(): Expression {
    return this.within(() => {
      const test = this.level(0);
      if (!this.takes("?")) return test;
      const yes = this.choice();
      this.expect(":");
      return { kind: "choice", test, yes, no: this.choice() };
    });
  }

  private level(level: number): Expression {
    const signs = LEVELS[level];
    if (!signs) return this.prefixed();
    let left = this.level(level + 1);
    for (;;) {
      const sign = signs.find((one) => this.takes(one));
      if (!sign) return left;
      left = { kind: "binary", sign, left, right: this.level(level + 1) };
    }
  }

  private prefixed(): Expression {
    return this.within(() => {
      if (this.takes("-")) return { kind: "minus", of: this.prefixed() };
      if (this.takes("!") || this.takes("not")) return { kind: "not", of: this.prefixed() };
      return this.simple();
    });
  }

  private simple(): Expression {
    if (this.takes("(")) {
      const inside = this.choice();
      this.expect(")");
      return inside;
    }
    const token = this.tokens[this.at];
    if (!token || token.kind === "sign") throw this.refuse("unexpected");
    this.at++;
    if (token.kind !== "name") return { kind: "value", value: token.value };
    if (this.next() === "(") return this.call(token);
    if (CONSTANTS.has(token.value)) return { kind: "value", value: CONSTANTS.get(token.value) ?? null };
    if (!isReadablePath(token.value)) throw this.refuse("unknown_variable", token);
    return { kind: "variable", path: token.value };
  }

  private call(token: Token): Expression {
    const name = String(token.value);
    const known = FUNCTIONS[name];
    if (!known) throw this.refuse("unknown_function", token);
    const given: Expression[] = [];
    this.expect("(");
    while (!this.takes(")")) {
      if (given.length > 0) this.expect(",");
      given.push(this.choice());
    }
    if (given.length < known.least || given.length > known.most) throw this.refuse("wrong_count", token);
    return { kind: "call", name, given };
  }
}

function read(source: string): ReadExpression {
  if (source.length > LONGEST) return { ok: false, problem: { text: "too_long", at: LONGEST, name: "" } };
  const read = tokensOf(source);
  if (!read.ok) return { ok: false, problem: { text: "unexpected", at: read.at, name: source[read.at] ?? "" } };
  if (read.tokens.length === 0) return { ok: false, problem: { text: "empty", at: 0, name: "" } };
  try {
    return { ok: true, expression: new Reader(read.tokens, source.length).all() };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { ok: false, problem: refusal.problem };
    throw refusal;
  }
}

const known = new Map<string, ReadExpression>();
const MOST_KNOWN = 500;

/**
 * Reads an expression: numbers, texts in quotes, variables, `+ - * / %`, comparisons, `and or not`, `? :` and the
 * functions of functions.ts. At most 1,000 characters and 40 levels deep; nothing else can be written. Never throws.
 */
export function readExpression(source: string): ReadExpression {
  const before = known.get(source);
  if (before) return before;
  const result = read(source);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(source, result);
  return result;
}

/** The paths of the variables that an expression reads. */
export function variablesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "value":
      return [];
    case "variable":
      return [expression.path];
    case "call":
      return expression.given.flatMap(variablesIn);
    case "not":
    case "minus":
      return variablesIn(expression.of);
    case "binary":
      return [...variablesIn(expression.left), ...variablesIn(expression.right)];
    case "choice":
      return [expression.test, expression.yes, expression.no].flatMap(variablesIn);
  }
}
