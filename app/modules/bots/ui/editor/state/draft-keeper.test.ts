import { beforeEach, describe, expect, it } from "vitest";
import type { Draft } from "../../../editing/draft";
import { aDraft } from "../model/draft-double";
import { renameFlow } from "../model/edits";
import { type Answer, DraftKeeper } from "./draft-keeper";

let first: Draft;
let keeper: DraftKeeper;
let sent: [name: string, revision: number][];
let kept: (string | null)[];
let due: (() => void)[];
let answers: (Answer | Promise<Answer>)[];
const named = (name: string) => renameFlow(name)(first);

beforeEach(() => {
  first = aDraft();
  [sent, kept, due, answers] = [[], [], [], []];
  keeper = new DraftKeeper(
    { draft: first, revision: 1 },
    {
      send: async (draft, revision) => {
        sent.push([draft.name, revision]);
        return (await answers.shift()) ?? { ok: true, revision: revision + 1 };
      },
      keep: (draft) => void kept.push(draft?.name ?? null),
      after: (_, work) => {
        due.push(work);
        return () => void due.splice(due.indexOf(work), 1);
      },
    },
  );
});

describe("a draft that saves itself", () => {
  it("waits for a pause, and is in the browser until it is saved", async () => {
    keeper.changed(named("a"));
    keeper.changed(named("b"));
    expect([keeper.state, due.length, kept.at(-1)]).toEqual(["waiting", 1, "b"]);
    await keeper.flush();
    expect([sent, keeper.state, kept.at(-1), keeper.revision]).toEqual([[["b", 1]], "saved", null, 2]);
  });

  it("sends what was changed meanwhile on the new revision, never two at once", async () => {
    let answer: (one: Answer) => void = () => {};
    answers.push(new Promise((resolve) => (answer = resolve)));
    keeper.changed(named("a"));
    const saving = keeper.flush();
    keeper.changed(named("b"));
    await keeper.flush();
    expect([keeper.state, sent.length]).toEqual(["saving", 1]);
    answer({ ok: true, revision: 7 });
    await saving;
    expect([sent, keeper.state, keeper.revision]).toEqual([
      [
        ["a", 1],
        ["b", 7],
      ],
      "saved",
      8,
    ]);
  });

  it("tries again where the server is away, and stops where it refuses", async () => {
    answers.push({ ok: false, because: "unreachable" });
    keeper.changed(named("a"));
    await keeper.flush();
    expect([keeper.state, due.length, kept.at(-1)]).toEqual(["kept", 1, "a"]);
    due[0]!();
    await Promise.resolve();
    await keeper.flush();
    await expect.poll(() => keeper.state).toBe("saved");
    answers.push({ ok: false, because: "refused" });
    keeper.changed(named("c"));
    await keeper.flush();
    expect([keeper.state, keeper.isUnsaved]).toEqual(["refused", true]);
  });

  it("stops at another's save until somebody chose: theirs, or mine upon it", async () => {
    const theirs = { revision: 5, draft: named("suyo") };
    answers.push({ ok: false, because: "conflict", theirs }, { ok: false, because: "conflict", theirs });
    keeper.changed(named("mío"));
    await keeper.flush();
    keeper.changed(named("mío también"));
    await keeper.flush();
    expect([keeper.state, keeper.theirs, sent.length]).toEqual(["conflict", theirs, 1]);
    keeper.settle(theirs);
    expect([keeper.state, keeper.isUnsaved, keeper.revision]).toEqual(["saved", false, 5]);
    keeper.changed(named("otra vez mío"));
    await keeper.flush();
    await keeper.overwrite();
    expect([sent.at(-1), keeper.state]).toEqual([["otra vez mío", 5], "saved"]);
  });

  it("has nothing to save once it is undone", () => {
    keeper.changed(named("a"));
    keeper.changed(first);
    expect([keeper.state, due.length, kept.at(-1)]).toEqual(["saved", 0, null]);
  });
});
