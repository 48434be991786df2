import type { Draft } from "../../../editing/draft";
import type { LintContext } from "../../../lint/rule";
import type { Path } from "../form/value-at";
import type { Edit } from "../model/edits";
import { apply, type History, redo, startHistory, undo } from "../model/history";
import { type EditorProblem, problemsOf, worstByNode } from "./problems";

/** What stands beside the canvas. */
export type Panel = { kind: "node"; id: string; path: Path | null } | { kind: "problems" } | { kind: "simulator" };

export type EditorState = {
  readonly history: History;
  /** Nodes and sticky notes. */
  readonly selected: ReadonlySet<string>;
  readonly panel: Panel | null;
  readonly problems: readonly EditorProblem[];
  readonly worst: ReadonlyMap<string, EditorProblem["severity"]>;
  /** The node that the canvas should show; a new object for each time that it should. */
  readonly shown: { id: string } | null;
};

const NOTHING: ReadonlySet<string> = new Set();
/** How long after the last edit the problems are looked for anew, in milliseconds. */
const LINT_AFTER_MS = 250;

/** One editor's state. It holds the draft; views only draw it. */
export class EditorStore {
  #state: EditorState;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    draft: Draft,
    private readonly lint: LintContext,
    private readonly clock: () => number = Date.now,
  ) {
    const problems = problemsOf(draft, lint);
    this.#state = {
      history: startHistory(draft),
      selected: NOTHING,
      panel: null,
      problems,
      worst: worstByNode(problems),
      shown: null,
    };
  }

  get = (): EditorState => this.#state;
  get draft(): Draft {
    return this.#state.history.present;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Does an edit; edits with the same `of` in quick succession are undone together. */
  edit(edit: Edit, of: string | null = null): void {
    this.#go(apply(this.#state.history, edit, of, this.clock()));
  }
  undo(): void {
    this.#go(undo(this.#state.history));
  }
  redo(): void {
    this.#go(redo(this.#state.history));
  }

  /** Takes a draft that came from elsewhere; the one before can be gone back to. */
  replace(draft: Draft): void {
    this.edit(() => draft);
  }

  select(ids: Iterable<string>): void {
    const selected = new Set(ids);
    const old = this.#state.selected;
    if (selected.size === old.size && [...selected].every((id) => old.has(id))) return;
    this.#set({ selected });
  }

  open(panel: Panel | null): void {
    this.#set({ panel });
  }

  /** Opens a node's settings, at a field if one is named, and brings it into sight. */
  openNode(id: string, path: Path | null = null): void {
    this.#set({ panel: { kind: "node", id, path }, selected: new Set([id]), shown: { id } });
  }

  /** Brings a node or a note into sight. */
  show(id: string): void {
    this.#set({ selected: new Set([id]), shown: { id } });
  }

  #go(history: History): void {
    if (history === this.#state.history) return;
    const there = new Set([...history.present.nodes, ...history.present.notes].map(({ id }) => id));
    const { selected, panel } = this.#state;
    const gone = panel?.kind === "node" && !there.has(panel.id);
    this.#set({
      history,
      selected: [...selected].every((id) => there.has(id))
        ? selected
        : new Set([...selected].filter((id) => there.has(id))),
      panel: gone ? null : panel,
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const problems = problemsOf(this.draft, this.lint);
      this.#set({ problems, worst: worstByNode(problems) });
    }, LINT_AFTER_MS);
  }

  #set(change: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
