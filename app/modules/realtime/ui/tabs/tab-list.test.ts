import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, type Tab } from "./tab";
import {
  allTabs,
  closeTabs,
  keepTab,
  merged,
  moveTab,
  NO_TABS,
  neighbourOf,
  openTab,
  readTabs,
  refreshed,
  reopenTabs,
  TAB_LIMIT,
  type TabList,
  writeTabs,
} from "./tab-list";

const chat = (id: string, title = id): Tab => ({
  ...{ kind: "chat", id, title, pictureOf: id, pictureId: null, group: false, unread: false },
});
const ticket = (id: string, more: object = {}): Tab =>
  ({
    ...{ kind: "ticket", id, title: id, conversation: `c${id}`, number: 1, channel: "web", state: "open" },
    ...{ version: 1, lastSeq: 1, calls: false, readSeq: 0 },
    ...more,
  }) as Tab;
const listOf = (kept: string[], preview?: string): TabList => ({
  kept: kept.map((id) => chat(id)),
  preview: preview ? chat(preview) : null,
});
/** The ids in order; the preview in brackets. */
const seen = ({ kept, preview }: TabList) =>
  [...kept.map(({ id }) => id), ...(preview ? [`(${preview.id})`] : [])].join(" ");

describe("opening and keeping", () => {
  it("the next opening replaces the preview, and what is there already stays where it is", () => {
    expect(seen(openTab(NO_TABS, chat("a")))).toBe("(a)");
    expect(seen(openTab(openTab(NO_TABS, chat("a")), chat("b")))).toBe("(b)");
    expect(seen(openTab(listOf(["a"], "b"), chat("a")))).toBe("a (b)");
  });

  it("a preview in which somebody writes is kept when the next is opened", () => {
    expect(seen(openTab(listOf(["a"], "b"), chat("c"), ({ id }) => id === "b"))).toBe("a b (c)");
  });

  it("keeping makes the preview stay, and leaves another preview alone", () => {
    expect(seen(keepTab(listOf(["a"], "b"), chat("b")))).toBe("a b");
    expect(seen(keepTab(listOf(["a"], "b"), chat("c")))).toBe("a c (b)");
    expect(seen(keepTab(listOf(["a"], "b"), chat("a")))).toBe("a (b)");
  });

  it("beyond the limit those kept longest go", () => {
    const many = Array.from({ length: TAB_LIMIT }, (_, n) => `${n}`);
    const list = keepTab(listOf(many), chat("new"));
    expect(list.kept).toHaveLength(TAB_LIMIT);
    expect([list.kept[0]?.id, list.kept.at(-1)?.id]).toEqual(["1", "new"]);
  });

  it("a ticket and a chat of the same id are two things", () => {
    expect(allTabs(openTab(keepTab(NO_TABS, chat("a")), ticket("a")))).toHaveLength(2);
  });
});

describe("closing", () => {
  it("goes to the one after, else the one before, else nowhere", () => {
    const next = (id: string) => neighbourOf(listOf(["a", "b"], "c"), `chat ${id}`)?.id;
    expect([next("a"), next("b"), next("c"), next("x")]).toEqual(["b", "c", "b", undefined]);
    expect(neighbourOf(listOf(["a"]), "chat a")).toBeNull();
  });

  it("is undone to the same places, several at once too", () => {
    const list = listOf(["a", "b", "c"], "d");
    const one = closeTabs(list, ["chat b"]);
    expect(seen(one.list)).toBe("a c (d)");
    expect(seen(reopenTabs(one.list, one.closed))).toBe("a b c (d)");
    const others = closeTabs(list, ["chat a", "chat c", "chat d"]);
    expect(seen(others.list)).toBe("b");
    expect(seen(reopenTabs(others.list, others.closed))).toBe("a b c d");
    expect(closeTabs(list, ["chat x"])).toEqual({ list, closed: [] });
  });
});

it("moves a tab to a place within the strip, and one that is moved stays", () => {
  const move = (id: string, to: number) => seen(moveTab(listOf(["a", "b", "c"], "d"), `chat ${id}`, to));
  expect([move("a", 1), move("c", 0), move("a", 99), move("b", -5)]).toEqual([
    "b a c (d)",
    "c a b (d)",
    "b c a (d)",
    "b a c (d)",
  ]);
  expect([move("d", 0), move("d", 3), move("x", 0)]).toEqual(["d a b c", "a b c d", "a b c (d)"]);
});

describe("what another window wrote", () => {
  it("the kept ones are as it says, the preview is one's own", () => {
    expect(seen(merged(listOf(["a"], "p"), listOf(["b"], "q"), null))).toBe("b (p)");
  });

  it("what it kept is no preview any more", () => {
    expect(seen(merged(listOf(["a"], "p"), listOf(["a", "p"]), "chat p"))).toBe("a p");
  });

  it("what it closed stays open where it is shown, as the preview", () => {
    expect(seen(merged(listOf(["a", "b"], "p"), listOf(["a"]), "chat b"))).toBe("a (b)");
    expect(seen(merged(listOf(["a", "b"], "p"), listOf(["a"]), "chat a"))).toBe("a (p)");
  });
});

describe("news", () => {
  it("change what is shown, and what is late changes nothing", () => {
    const list = { kept: [ticket("a", { version: 2, title: "Rosa" })], preview: null };
    expect(refreshed(list, [ticket("a", { version: 3, title: "Rosa Paz" })]).kept[0]?.title).toBe("Rosa Paz");
    expect(refreshed(list, [ticket("a", { version: 1, title: "R" }), ticket("b")])).toBe(list);
  });

  it("never take back what was read", () => {
    const list = { kept: [ticket("a", { readSeq: 7 })], preview: null };
    expect(refreshed(list, [ticket("a", { version: 9, readSeq: 3 })]).kept[0]).toMatchObject({
      version: 9,
      readSeq: 7,
    });
  });
});

describe("what is kept in the browser", () => {
  it("comes back as it was", () => {
    const list = { kept: [ticket("a"), chat("b")], preview: chat("c") };
    expect(readTabs(writeTabs(list))).toEqual(list);
  });

  it("is nothing where it is broken, and leaves out what is no tab", () => {
    for (const text of [null, "", "{", "[]", "7", '{"kept":7}', '{"kept":[null,1,{"kind":"toString"}]}']) {
      expect(readTabs(text)).toEqual(NO_TABS);
    }
    const odd = JSON.stringify({ kept: [chat("a"), { ...chat("b"), title: 7 }, { kind: "flow", id: "f" }, chat("a")] });
    expect(seen(readTabs(odd))).toBe("a");
    expect(readTabs(JSON.stringify({ kept: [{ ...chat("a"), onClick: "x" }] })).kept[0]).not.toHaveProperty("onClick");
  });
});

describe("whatever is done in whatever order", () => {
  const id = fc.constantFrom(..."abcdef");
  const step = fc.oneof(
    fc.record({ do: fc.constant("open" as const), id, busy: fc.boolean() }),
    fc.record({ do: fc.constant("keep" as const), id }),
    fc.record({ do: fc.constant("close" as const), id }),
    fc.record({ do: fc.constant("move" as const), id, to: fc.integer({ min: -2, max: 9 }) }),
    fc.record({ do: fc.constant("merge" as const), kept: fc.uniqueArray(id), current: fc.option(id) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
  const after = (list: TabList, s: Step): TabList => {
    if (s.do === "open") return openTab(list, chat(s.id), () => s.busy);
    if (s.do === "keep") return keepTab(list, chat(s.id));
    if (s.do === "close") return closeTabs(list, [`chat ${s.id}`]).list;
    if (s.do === "move") return moveTab(list, `chat ${s.id}`, s.to);
    return merged(list, listOf(s.kept), s.current === null ? null : `chat ${s.current}`);
  };

  it("nothing stands there twice, what was opened is there, and all of it can be kept", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let list = NO_TABS;
        for (const one of steps) {
          const before = list;
          list = after(list, one);
          const keys = allTabs(list).map(keyOf);
          expect(new Set(keys).size).toBe(keys.length);
          if (one.do === "open" || one.do === "keep") expect(keys).toContain(`chat ${one.id}`);
          if (one.do === "close") expect(keys).not.toContain(`chat ${one.id}`);
          if (one.do === "move") expect([...keys].sort()).toEqual(allTabs(before).map(keyOf).sort());
          expect(readTabs(writeTabs(list))).toEqual(list);
        }
      }),
    );
  });

  it("a closing is undone to the same order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1 }), fc.subarray([..."abcdef"]), (kept, some) => {
        const list = listOf(kept);
        const { list: left, closed } = closeTabs(
          list,
          some.map((one) => `chat ${one}`),
        );
        expect(reopenTabs(left, closed)).toEqual(list);
      }),
    );
  });
});
