import type { SavedLast } from "../../../drafts/saved-by.server";
import type { Draft } from "../../../editing/draft";

/** `kept`: only in this browser, since the server cannot be reached. `refused`: the server will not have it. */
export type SaveState = "saved" | "waiting" | "saving" | "kept" | "conflict" | "refused";

/** What is stored, and of what somebody else stored meanwhile, who did. */
export type Theirs = { revision: number; draft: Draft } & Partial<SavedLast>;
export type Answer =
  | { ok: true; revision: number }
  | { ok: false; because: "conflict"; theirs: Theirs }
  | { ok: false; because: "unreachable" | "refused" };

type KeeperDoors = {
  send(draft: Draft, revision: number): Promise<Answer>;
  /** Keeps the draft in the browser until it is saved; null forgets it. */
  keep(draft: Draft | null, revision: number): void;
  /** Timers, so that tests have their own. */
  after(milliseconds: number, work: () => void): () => void;
};

export const SAVE_AFTER_MS = 1_000;
const AGAIN_AFTER_MS = 5_000;

/**
 * Saves a draft whenever it has not been changed for a moment, one save at a time, each on the revision of the one before.
 * Another's save in between stops it until somebody has chosen.
 */
export class DraftKeeper {
  state: SaveState = "saved";
  theirs: Theirs | null = null;
  revision: number;
  #stored: Draft;
  #wanted: Draft;
  #stop: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    start: { draft: Draft; revision: number },
    private readonly doors: KeeperDoors,
  ) {
    this.#stored = start.draft;
    this.#wanted = start.draft;
    this.revision = start.revision;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  read = (): SaveState => this.state;

  get isUnsaved(): boolean {
    return this.#wanted !== this.#stored;
  }

  /** Says how the draft is now. */
  changed(draft: Draft): void {
    if (draft === this.#wanted) return;
    this.#wanted = draft;
    if (this.state === "conflict") return;
    if (!this.isUnsaved) {
      if (this.state === "saving") return;
      this.#stop?.();
      this.doors.keep(null, this.revision);
      this.#become("saved");
      return;
    }
    this.doors.keep(draft, this.revision);
    if (this.state === "saving") return;
    this.#become("waiting");
    this.#plan(SAVE_AFTER_MS);
  }

  /** Saves now whatever waits. Resolves once nothing does, or it cannot be saved. */
  async flush(): Promise<void> {
    this.#stop?.();
    while (this.isUnsaved && this.state !== "saving" && this.state !== "conflict") {
      const draft = this.#wanted;
      this.#become("saving");
      const answer = await this.doors.send(draft, this.revision);
      if (!answer.ok) return this.#failed(answer);
      this.revision = answer.revision;
      this.#stored = draft;
      this.#become(this.isUnsaved ? "waiting" : "saved");
      this.doors.keep(this.isUnsaved ? this.#wanted : null, this.revision);
    }
  }

  /** Goes on from what is stored: theirs was taken, or mine was kept elsewhere. */
  settle(stored: Theirs): void {
    this.revision = stored.revision;
    this.#stored = stored.draft;
    this.#wanted = stored.draft;
    this.theirs = null;
    this.doors.keep(null, stored.revision);
    this.#become("saved");
  }

  /** Mine shall stand: it is saved upon theirs. */
  overwrite(): Promise<void> {
    if (this.theirs) this.revision = this.theirs.revision;
    this.theirs = null;
    this.#become("waiting");
    return this.flush();
  }

  stop(): void {
    this.#stop?.();
  }

  #failed(answer: Exclude<Answer, { ok: true }>): void {
    if (answer.because === "conflict") {
      this.theirs = answer.theirs;
      this.#become("conflict");
      return;
    }
    this.#become(answer.because === "refused" ? "refused" : "kept");
    if (answer.because === "unreachable") this.#plan(AGAIN_AFTER_MS);
  }

  #plan(milliseconds: number): void {
    this.#stop?.();
    this.#stop = this.doors.after(milliseconds, () => void this.flush());
  }

  #become(state: SaveState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}
