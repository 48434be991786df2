import type { Mention } from "~/modules/messaging";

export type Callable = { id: string; name: string; handle: string | null };

/** The most people whom one message calls. */
const MOST = 50;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * Whom a text calls, each once: by `@` and a handle or a name, the longest that fits where several do, whole words only.
 * `ids` are those whom the writer picked, where that is known: of people of one name only they are called.
 */
export function findMentions(text: string, people: readonly Callable[], ids?: readonly string[]): Mention[] {
  const found = new Map<string, Mention>();
  if (!text.includes("@")) return [];
  const folded = text.toLowerCase();
  const words = people.flatMap(({ id, name, handle }) => [
    { id, word: name.toLowerCase(), picked: !ids || ids.includes(id) },
    ...(handle ? [{ id, word: handle.toLowerCase(), picked: true }] : []),
  ]);
  for (let at = folded.indexOf("@"); at >= 0; at = folded.indexOf("@", at + 1)) {
    if (at > 0 && WORD.test(folded.charAt(at - 1))) continue;
    const fitting = words.filter(({ word, picked }) => picked && word !== "" && stands(folded, word, at + 1));
    const longest = Math.max(0, ...fitting.map(({ word }) => word.length));
    for (const { id, word } of fitting)
      if (word.length === longest && !found.has(id)) found.set(id, { id, name: text.slice(at + 1, at + 1 + longest) });
  }
  return [...found.values()].slice(0, MOST);
}

const stands = (text: string, word: string, at: number) =>
  text.startsWith(word, at) && !WORD.test(text.charAt(at + word.length));
