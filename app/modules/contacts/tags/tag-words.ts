/** The interface's few colours by which tags are told apart. */
export const TAG_COLOURS = ["grey", "red", "amber", "green", "blue"] as const;
export type TagColour = (typeof TAG_COLOURS)[number];

export type Tag = { id: string; name: string; colour: TagColour };

export const LONGEST_TAG = 60;
const MOST_TAGS = 50;

/** A tag as it is stored: one line without spaces around; null for what is none. */
export function tagName(given: string): string | null {
  const name = given.replaceAll("\u0000", "").toWellFormed().replaceAll(/\s+/gu, " ").trim();
  return name && name.length <= LONGEST_TAG && !/[\p{Cc}\p{Bidi_Control}]/u.test(name) ? name : null;
}

/** The tags of a row, each once; null where one of them is none or they are too many. */
export function tagNames(given: readonly string[]): string[] | null {
  const names = given.map(tagName);
  const kept = [...new Set(names)];
  return kept.every((name) => name !== null) && kept.length <= MOST_TAGS ? kept : null;
}

/** The tags of a row after one got another name, or, without one, was taken away. */
export function retagged(tags: readonly string[], from: string, to: string | null): string[] {
  return [...new Set(tags.flatMap((tag) => (tag === from ? (to === null ? [] : [to]) : [tag])))];
}

/** The tags of a row after some were added and others taken away; what is no tag, or one too many, is left out. */
export function retaggedWith(tags: readonly string[], change: { add: readonly string[]; remove: readonly string[] }) {
  const gone = new Set(change.remove);
  const kept = [...tags.filter((tag) => !gone.has(tag)), ...change.add.flatMap((tag) => tagName(tag) ?? [])];
  return [...new Set(kept)].slice(0, MOST_TAGS);
}
