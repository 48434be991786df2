import { describe, expect, it } from "vitest";
import type { Tab } from "./tab";
import { allTabs } from "./tab-list";
import { createTabStore, type TabStore } from "./tab-store";

const chat = (id: string): Tab => ({
  ...{ kind: "chat", id, title: id, pictureOf: id, pictureId: null, group: false, unread: false },
});
const seen = (store: TabStore) =>
  allTabs(store.list())
    .map(({ id }) => id)
    .join("");
const never = () => false;

/** A browser's storage, with what can be wrong with it. */
function browser() {
  let text: string | null = null;
  let full = false;
  const windows: TabStore[] = [];
  const open = () => {
    const place = {
      read: () => text,
      write(next: string) {
        if (full) return false;
        text = next;
        for (const other of windows) if (other !== store) other.heard();
        return true;
      },
    };
    const store = createTabStore(place);
    windows.push(store);
    return store;
  };
  return { open, fill: (on: boolean) => (full = on), put: (next: string | null) => (text = next), text: () => text };
}

it("a new window and a reload find what was there, the preview too", () => {
  const { open } = browser();
  const store = open();
  store.keep(chat("a"));
  store.open(chat("b"), never);
  expect(seen(open())).toBe("ab");
  expect(open().list().preview?.id).toBe("b");
});

describe("two windows", () => {
  it("share what is kept, each with its own preview", () => {
    const { open } = browser();
    const [one, two] = [open(), open()];
    one.open(chat("p"), never);
    two.open(chat("q"), never);
    one.keep(chat("a"));
    two.keep(chat("b"));
    expect([seen(one), seen(two)]).toEqual(["abp", "abq"]);
  });

  it("neither takes away what the other looks at", () => {
    const { open } = browser();
    const [one, two] = [open(), open()];
    one.keep(chat("a"));
    two.shows("chat a");
    one.close("chat a");
    expect([seen(one), seen(two)]).toEqual(["", "a"]);
    one.keep(chat("b"));
    expect([seen(one), seen(two)]).toEqual(["b", "ba"]);
  });

  it("a change is made to what is kept now, also where nobody told of it", () => {
    const { open, put } = browser();
    const store = open();
    store.keep(chat("a"));
    put(JSON.stringify({ kept: [chat("z")], preview: null }));
    store.keep(chat("b"));
    expect(seen(store)).toBe("zb");
  });
});

it("closings are undone, the last first", () => {
  const store = browser().open();
  for (const id of "abcd") store.keep(chat(id));
  store.close("chat b");
  store.closeOthers("chat c");
  expect(seen(store)).toBe("c");
  expect([store.reopen()?.id, seen(store)]).toEqual(["a", "acd"]);
  expect([store.reopen()?.id, seen(store), store.canReopen()]).toEqual(["b", "abcd", false]);
  expect(store.reopen()).toBeNull();
});

it("what is gone for good is not brought back, and is told", () => {
  const store = browser().open();
  store.keep(chat("a"));
  expect(store.drop(["chat a", "chat x"]).map(({ id }) => id)).toEqual(["a"]);
  expect([seen(store), store.canReopen()]).toEqual(["", false]);
});

it("where the browser keeps nothing, or is full, the window goes on with its own", () => {
  const nothing = createTabStore({ read: () => null, write: () => false });
  nothing.keep(chat("a"));
  nothing.keep(chat("b"));
  expect(seen(nothing)).toBe("ab");

  const { open, fill } = browser();
  const store = open();
  store.keep(chat("a"));
  fill(true);
  store.keep(chat("b"));
  store.keep(chat("c"));
  expect(seen(store)).toBe("abc");
  fill(false);
  store.keep(chat("d"));
  expect(seen(open())).toBe("abcd");
});

it("tells those who listen of what changed, and of nothing else", () => {
  const store = browser().open();
  let told = 0;
  const stop = store.listen(() => told++);
  store.keep(chat("a"));
  store.keep(chat("a"));
  store.refresh([chat("a"), chat("z")]);
  expect(told).toBe(1);
  stop();
  store.close("chat a");
  expect(told).toBe(1);
});

it("after signing out nothing is kept any more", () => {
  const { open, put, text } = browser();
  const store = open();
  store.keep(chat("a"));
  put(null);
  store.stop();
  store.keep(chat("b"));
  expect(text()).toBeNull();
});
