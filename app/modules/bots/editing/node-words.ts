import { definitionOf, exitsOf, type FlowNode } from "../flow";
import type { NodeKind } from "../nodes/kinds";
import { isRecord } from "./complete-settings";
import { type DraftNode, lenientNode } from "./draft";

/** What a node is called by, wherever it is shown outside of the drawing. */
export type NodeWords = {
  kind: NodeKind;
  /** As its author named it; empty for none. */
  title: string;
  /** The beginning of what a customer reads of it, or else of what it says; may be empty. */
  text: string;
  /** The author's words for its exits; the others the interface names. */
  exits: { [exit: string]: string };
};

const LONGEST_TEXT = 40;

/** A text with its variables by their names alone. */
const plainTemplate = (text: string): string => text.replace(/\{\{\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}/g, "[$1]").trim();

const summaries = new WeakMap<DraftNode, string>();

/** What a customer reads of a node, or else what it says; empty where it says nothing. */
export function summaryOf(node: DraftNode): string {
  const known = summaries.get(node);
  if (known !== undefined) return known;
  let summary = "";
  try {
    const read = lenientNode(node);
    const { shows, texts } = definitionOf(read);
    const [shown] = shows?.(read.settings) ?? [];
    const words = shown && ("text" in shown ? shown.text : "body" in shown ? shown.body : "");
    summary = plainTemplate(words || texts?.(read.settings).find((text) => text.trim() !== "") || "");
  } catch {
    // Settings of a wrong form say nothing.
  }
  summaries.set(node, summary);
  return summary;
}

const WORDS = ["label", "name", "title", "text", "value"] as const;

/** The words of the list's entry that an exit belongs to; null for an exit that the interface names. */
export function exitWordsOf(settings: object, exit: string): string | null {
  for (const list of Object.values(settings)) {
    if (!Array.isArray(list)) continue;
    const at = list.findIndex((entry) => isRecord(entry) && entry.id === exit);
    const entry: unknown = list[at];
    if (!isRecord(entry)) continue;
    const words = WORDS.map((name) => entry[name]).find((word) => typeof word === "string" && word.trim() !== "");
    return typeof words === "string" ? words : `${at + 1}`;
  }
  return null;
}

export const beginningOf = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1).trimEnd()}…`;
};

export function nodeWordsOf(node: FlowNode): NodeWords {
  const { kind, settings } = node;
  const exits = exitsOf(node).flatMap(({ id }) => {
    const words = exitWordsOf(settings, id);
    return words === null ? [] : [[id, plainTemplate(words)] as const];
  });
  const text = beginningOf(summaryOf(node as DraftNode));
  return { kind, title: node.title.trim(), text, exits: Object.fromEntries(exits) };
}
