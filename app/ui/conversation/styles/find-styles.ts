import { findLinks } from "../find-links";

export type Style = "bold" | "italic" | "strike" | "code" | "block";
export type StyledPart = { text: string; href?: string; styles: readonly Style[] };

type Range = { style: Style; from: number; to: number; mark: number };
type Opened = { mark: string; at: number };

const PAIRED: Record<string, Style> = { "*": "bold", _: "italic", "~": "strike" };
const FENCE = "```";
const WORD = /[\p{L}\p{N}]/u;
const BLANK = /\s/u;

/**
 * Cuts a text at its addresses and at the simple marks that people know from other chats: `*bold*`, `_italic_`,
 * `~struck~`, `` `code` `` on one line, and three backticks around more. A mark counts where it stands at the edge of words,
 * so that `2*3*4` and `a_name_of` stay; one without its pair is text. Addresses are never cut.
 */
export function findStyles(text: string): StyledPart[] {
  const links = linkRanges(text);
  return cut(text, links, styleRanges(text, links));
}

/** A text without the marks that style it: for one line of a list, or a notice. */
export const withoutMarks = (text: string): string =>
  findStyles(text)
    .map((part) => part.text)
    .join("");

type Link = { from: number; to: number; href: string };

function linkRanges(text: string): Link[] {
  let at = 0;
  return findLinks(text).flatMap((part) => {
    const from = at;
    at += part.text.length;
    return part.href === undefined ? [] : [{ from, to: at, href: part.href }];
  });
}

/** One pass: of each mark at most one is open, so that the time grows with the text alone. */
function styleRanges(text: string, links: readonly Link[]): Range[] {
  const ranges: Range[] = [];
  let opened: Opened[] = [];
  let link = 0;
  let fenced = true;
  for (let at = 0; at < text.length; at++) {
    while (links[link] && (links[link] as Link).to <= at) link++;
    const inside = links[link];
    if (inside && inside.from <= at) {
      at = inside.to - 1;
      continue;
    }
    const mark = text.charAt(at);
    if (mark === "\n") opened = [];
    else if (mark === "`") {
      const code = codeAt(text, at, fenced);
      if (!code && text.startsWith(FENCE, at)) fenced = false;
      if (!code) continue;
      ranges.push(code);
      at = code.to + code.mark - 1;
    } else if (mark in PAIRED) opened = pair(text, mark, at, opened, ranges);
  }
  return ranges;
}

/** @param fenced whether three backticks can still have an end */
function codeAt(text: string, at: number, fenced: boolean): Range | null {
  if (fenced && text.startsWith(FENCE, at)) {
    const from = at + FENCE.length;
    const to = text.indexOf(FENCE, from + 1);
    if (to > from) return { style: "block", from, to, mark: FENCE.length };
  }
  const to = text.indexOf("`", at + 1);
  const words = to < 0 ? "" : text.slice(at + 1, to);
  return words.trim() === "" || words.includes("\n") ? null : { style: "code", from: at + 1, to, mark: 1 };
}

function pair(text: string, mark: string, at: number, opened: Opened[], ranges: Range[]): Opened[] {
  const after = text.charAt(at + 1);
  const place = opened.findIndex((one) => one.mark === mark);
  const start = opened[place];
  if (start && start.at < at - 1 && !BLANK.test(text.charAt(at - 1)) && !wordStart(text, at + 1)) {
    ranges.push({ style: PAIRED[mark] as Style, from: start.at + 1, to: at, mark: 1 });
    return opened.slice(0, place);
  }
  const opens = !start && after !== "" && after !== mark && !BLANK.test(after) && !wordEnd(text, at);
  return opens ? [...opened, { mark, at }] : opened;
}

/** Letters outside the first plane are two units. */
const wordStart = (text: string, at: number) => WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
const wordEnd = (text: string, at: number) =>
  WORD.test(/[\uDC00-\uDFFF]/.test(text.charAt(at - 1)) ? text.slice(Math.max(0, at - 2), at) : text.charAt(at - 1));

function cut(text: string, links: readonly Link[], ranges: readonly Range[]): StyledPart[] {
  const starts = new Map<number, Range>(ranges.map((range) => [range.from, range]));
  const ends = new Map<number, Range>(ranges.map((range) => [range.to, range]));
  const marks = new Map<number, number>();
  for (const { from, to, mark } of ranges) marks.set(from - mark, mark).set(to, mark);
  const hrefs = new Map(links.map((link) => [link.from, link]));
  const edges = [...starts.keys(), ...marks.keys(), ...links.flatMap(({ from, to }) => [from, to])];
  for (const { to, mark } of ranges) edges.push(to + mark);
  const places = [...new Set([0, ...edges, text.length])].sort((a, b) => a - b);
  let styles: readonly Style[] = [];
  return places.slice(0, -1).flatMap((from, index) => {
    const started = starts.get(from);
    const ended = ends.get(from);
    if (ended) styles = styles.filter((style) => style !== ended.style);
    if (started) styles = [...styles, started.style];
    if (marks.has(from)) return [];
    const href = hrefs.get(from)?.href;
    return [{ text: text.slice(from, places[index + 1]), styles, ...(href === undefined ? {} : { href }) }];
  });
}
