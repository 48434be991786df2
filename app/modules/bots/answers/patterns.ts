import { RE2JS } from "re2js";

/** What an author writes; longer or larger ones are refused, so that matching stays cheap. */
const LONGEST = 500;
const LARGEST_PROGRAM = 5000;

export type Pattern = {
  /** Anywhere in a text. */
  finds(text: string): boolean;
  /** The whole of it. */
  fits(text: string): boolean;
};

const known = new Map<string, Pattern | null>();
const MOST_KNOWN = 500;

function read(source: string): Pattern | null {
  if (source === "" || source.length > LONGEST) return null;
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    if (compiled.programSize() > LARGEST_PROGRAM) return null;
    return { finds: (text) => compiled.test(text), fits: (text) => compiled.testExact(text) };
  } catch {
    return null;
  }
}

/**
 * A pattern in RE2's language, without regard to case: matched in time that grows with the text and never faster,
 * whatever the author wrote. Null for one that cannot be read, is empty, or is too large.
 */
export function readPattern(source: string): Pattern | null {
  const before = known.get(source);
  if (before !== undefined) return before;
  const pattern = read(source);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(source, pattern);
  return pattern;
}
