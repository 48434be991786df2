export type HitPart = { text: string; hit: boolean };

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** As much of a long text as stands before its first hit in a short one. */
const BEFORE = 40;

/** Without case and accents, as the server looks for words. */
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Cuts a text into what a search found in it and the rest: words that begin as one of those that were asked for. */
export function findHits(text: string, asked: string): HitPart[] {
  const begins = (asked.match(WORD) ?? []).map(fold);
  const parts: HitPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]);
    if (!begins.some((one) => word.startsWith(one))) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), hit: false });
    parts.push({ text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), hit: false });
  return parts;
}

/** The same, where there is room for few words: beginning shortly before the first hit. */
export function findHitsShort(text: string, asked: string): HitPart[] {
  const [first, ...rest] = findHits(text, asked);
  if (!first || first.hit || first.text.length <= BEFORE || rest.length === 0) return first ? [first, ...rest] : [];
  const kept = Array.from(first.text)
    .slice(-BEFORE)
    .join("")
    .replace(/^\S*\s/, "");
  return [{ text: `…${kept}`, hit: false }, ...rest];
}
