import type { TextUnit } from "../channel-limits";

const bytesOf = (text: string) => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** The length of a text as a channel counts it. */
export const measureText = (text: string, unit: TextUnit) => (unit === "bytes" ? bytesOf(text) : text.length);

/** The longest beginning that fits, at a border between code points. */
function beginning(text: string, limit: number, unit: TextUnit): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += measureText(character, unit);
    if (used > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Where to cut, best first: between paragraphs, lines, sentences, words. */
const BORDERS = [/\n[^\S\n]*\n\s*/g, /\n\s*/g, /[.!?…。]["'»”)]*\s+/g, /\s+/g];

/** A border in the first half would leave a stub, so only those in the second half are taken, words excepted. */
function cutAtBorder(window: string, next: string): number {
  const space = /^\s*/.exec(next.slice(0, 64))?.[0] ?? "";
  for (const [i, border] of BORDERS.entries()) {
    const last = [...(window + space).matchAll(border)].at(-1);
    const end = last ? Math.min(last.index + last[0].length, window.length) : 0;
    const isWord = i === BORDERS.length - 1;
    if (end > (isWord ? 0 : window.length / 2)) return end;
  }
  return 0;
}

const GRAPHEMES = new Intl.Segmenter();

/** Keeps what a reader sees as one character together, unless it alone is longer than the limit. */
function cutAtGrapheme(window: string, next: string): number {
  const around = GRAPHEMES.segment(window + next.slice(0, 64)).containing(window.length);
  return around?.index || window.length;
}

/**
 * Cuts a text into parts that a channel takes, at the border of a paragraph, line, sentence or word, else between
 * characters as a reader sees them. Nothing but white space at the cuts is lost.
 * @param limit in `unit`; at least 4, so that any one code point fits
 */
export function splitText(text: string, limit: number, unit: TextUnit): string[] {
  if (!(limit >= 4)) throw new RangeError("a part must hold at least one character of 4 bytes");
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const window = beginning(rest, limit, unit);
    const next = rest.slice(window.length);
    const end = next === "" ? window.length : cutAtBorder(window, next) || cutAtGrapheme(window, next);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return parts;
}
