export type TextPart = { text: string; href?: string };

/** Blanks, angle brackets, quotes and unseen marks (those that turn the reading direction round) end an address. */
const CANDIDATE = /https?:\/\/[^\s<>"'`\p{C}]+/giu;
const LONGEST = 2048;

/**
 * Cuts a text into plain parts and addresses that are safe to open: http and https only, with a host, and without a name
 * and password before it (`https://bank.com@evil.example`), which serve only to deceive.
 */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > LONGEST) continue;
    const shown = withoutTrailing(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const web = url.protocol === "https:" || url.protocol === "http:";
  return web && !url.username && !url.password ? url.href : undefined;
}

const CLOSERS = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/** A full stop or a bracket after an address belongs to the sentence, unless the address opened that bracket. */
function withoutTrailing(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    const opener = CLOSERS.get(last);
    const stray = opener ? count(address, last, end) > count(address, opener, end) : ".,;:!?*_~…»”’".includes(last);
    if (!stray) break;
    end--;
  }
  return address.slice(0, end);
}

const count = (text: string, mark: string, end: number) => text.slice(0, end).split(mark).length - 1;
