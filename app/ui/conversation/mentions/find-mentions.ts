export type MentionPart = { text: string; mention: boolean };

const WORD = /[\p{L}\p{N}_]/u;

/** Cuts a text into the words that call somebody, with their `@`, and the rest. `names` are the words after it. */
export function splitMentions(text: string, names: readonly string[]): MentionPart[] {
  const longest = [...names].sort((a, b) => b.length - a.length);
  const parts: MentionPart[] = [];
  let end = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const called = longest.find((name) => stands(text, name, at + 1));
    if (at < end || called === undefined || WORD.test(text.charAt(at - 1))) continue;
    if (at > end) parts.push({ text: text.slice(end, at), mention: false });
    end = at + 1 + called.length;
    parts.push({ text: text.slice(at, end), mention: true });
  }
  if (end < text.length) parts.push({ text: text.slice(end), mention: false });
  return parts;
}

function stands(text: string, name: string, at: number): boolean {
  const there = text.slice(at, at + name.length);
  return name !== "" && there.toLowerCase() === name.toLowerCase() && !WORD.test(text.charAt(at + name.length));
}
