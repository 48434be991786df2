export type Token =
  | { kind: "number"; value: number; at: number }
  | { kind: "text"; value: string; at: number }
  /** A function, a word such as `and`, or a variable's path. */
  | { kind: "name"; value: string; at: number }
  | { kind: "sign"; value: string; at: number };

/** Tried in this order at each place; none can match nothing, and none goes back over what it has read. */
const SPACE = /\s+/y;
const NUMBER = /\d{1,15}(?:\.\d{1,10})?/y;
const TEXT = /"([^"\\]*)"|'([^'\\]*)'/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*/uy;
const SIGN = /==|!=|<=|>=|&&|\|\||[-+*/%<>=!?:(),]/y;

function readAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/** The words and signs of an expression; or the place of what is neither. */
export function tokensOf(source: string): { ok: true; tokens: Token[] } | { ok: false; at: number } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = readAt(SPACE, source, at);
    if (space) {
      at += space[0].length;
      continue;
    }
    const read = readToken(source, at);
    if (!read) return { ok: false, at };
    tokens.push(read.token);
    at += read.length;
  }
  return { ok: true, tokens };
}

function readToken(source: string, at: number): { token: Token; length: number } | null {
  const text = readAt(TEXT, source, at);
  if (text) return { token: { kind: "text", value: text[1] ?? text[2] ?? "", at }, length: text[0].length };
  const number = readAt(NUMBER, source, at)?.[0];
  if (number) return { token: { kind: "number", value: Number(number), at }, length: number.length };
  const name = readAt(NAME, source, at)?.[0];
  if (name) return { token: { kind: "name", value: name, at }, length: name.length };
  const sign = readAt(SIGN, source, at)?.[0];
  return sign ? { token: { kind: "sign", value: sign, at }, length: sign.length } : null;
}
