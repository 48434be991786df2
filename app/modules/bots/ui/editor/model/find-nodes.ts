import { isRecord } from "../../../editing/complete-settings";
import type { Draft, DraftNode } from "../../../editing/draft";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Every text that stands in a value, however deep, keys and ids left out. */
export function textsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return key === "id" || value.trim() === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((entry) => textsIn(entry, key));
  return isRecord(value) ? Object.entries(value).flatMap(([name, entry]) => textsIn(entry, name)) : [];
}

export type Found = { id: string; text: string };

/**
 * The nodes and notes in which something stands, without regard to case and accents, in the order in which they are read.
 * @param nameOf what a node is called on the screen
 */
export function findNodes(draft: Draft, query: string, nameOf: (node: DraftNode) => string): Found[] {
  const wanted = plain(query.trim());
  if (wanted === "") return [];
  const fits = (text: string) => plain(text).includes(wanted);
  const nodes = draft.nodes.flatMap((node) => {
    const text = [nameOf(node), ...textsIn(node.settings), node.id].find(fits);
    return text === undefined ? [] : [{ id: node.id, text }];
  });
  const notes = draft.notes.flatMap(({ id, text }) => (fits(text) ? [{ id, text }] : []));
  return [...nodes, ...notes];
}
