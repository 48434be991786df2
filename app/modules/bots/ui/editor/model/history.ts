import type { Draft } from "../../../editing/draft";
import type { Edit } from "./edits";

/**
 * A draft with all that it was before and, after an undo, will be again. Drafts share what did not change, so that a
 * hundred of them take little room, and going back gives the very draft that was there.
 */
export type History = {
  readonly past: readonly Draft[];
  readonly present: Draft;
  readonly future: readonly Draft[];
  /** What the last change was of, and when (ms): changes of the same thing in quick succession are one. */
  readonly last: { key: string; at: number } | null;
};

const MOST_STEPS = 500;
/** How long typing may pause and still be one step, in milliseconds. */
const PAUSE_MS = 1_500;

export const startHistory = (draft: Draft): History => ({ past: [], present: draft, future: [], last: null });

/**
 * Does an edit.
 * @param of what joins it with the edit before: typing into one field, one drag. Null stands alone.
 * @param at now, in milliseconds
 */
export function apply(history: History, edit: Edit, of: string | null, at: number): History {
  const present = edit(history.present);
  if (present === history.present) return history;
  const joins = of !== null && history.last?.key === of && at - history.last.at <= PAUSE_MS;
  const past = joins ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], last: of === null ? null : { key: of, at } };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}
