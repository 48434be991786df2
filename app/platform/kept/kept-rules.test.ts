import { describe, expect, it } from "vitest";
import { GUEST } from "./guest";
import { foreignTo, type KeptEntry, keyOf, LIMITS, mayKeep, sizeOf, surplus } from "./kept-rules";
import { isReadable } from "./readable";

let at = 0;
const entry = (over: Partial<KeptEntry> = {}): KeptEntry => {
  const named = { owner: "ana", kind: "page" as const, name: `chat /chats/${++at}`, at, size: 100, ...over };
  return { ...named, key: keyOf(named) };
};

describe("whose is kept", () => {
  it("is the account's that is here, and this browser's own as a guest (TL4)", () => {
    expect(mayKeep("ana", "ana")).toBe(true);
    expect(mayKeep("ana", "beto")).toBe(false);
    expect(mayKeep("ana", null)).toBe(false);
    expect(mayKeep(GUEST, null)).toBe(true);
    expect(mayKeep(GUEST, "beto")).toBe(true);
  });

  it("goes when another account comes, all of it, and when nobody is left", () => {
    const all = [
      entry(),
      entry({ kind: "thread" }),
      entry({ owner: "beto" }),
      entry({ owner: GUEST, kind: "picture" }),
    ];
    expect(foreignTo("beto", all)).toEqual([all[0], all[1]]);
    expect(foreignTo(null, all)).toEqual([all[0], all[1], all[2]]);
    expect(foreignTo("ana", [all[0]!])).toEqual([]);
  });

  it("has names that two accounts never share", () => {
    expect(keyOf(entry({ name: "x" }))).not.toBe(keyOf(entry({ name: "x", owner: "beto" })));
  });
});

describe("how much is kept", () => {
  it("is so many of a kind, the oldest of which go", () => {
    const threads = Array.from({ length: LIMITS.thread.count + 3 }, () => entry({ kind: "thread" }));
    const pages = [entry(), entry()];
    expect(new Set(surplus("thread", [...threads, ...pages]))).toEqual(new Set(threads.slice(0, 3)));
    expect(surplus("page", [...threads, ...pages])).toEqual([]);
  });

  it("is so many bytes of a kind, the oldest of which go", () => {
    const size = LIMITS.picture.each;
    const fit = Math.floor(LIMITS.picture.total / size);
    const pictures = Array.from({ length: fit + 2 }, () => entry({ kind: "picture", size }));
    expect(new Set(surplus("picture", pictures))).toEqual(new Set(pictures.slice(0, 2)));
  });

  it("cannot be told of what is no plain data, which is not kept then", () => {
    expect(sizeOf({ a: "b" })).toBe(9);
    expect(sizeOf({ a: 1n })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("what can be read without a network", () => {
  const id = "01a20579-2204-7423-b6bc-bbdceae7d8f3";
  const kept = [`/inbox?view=open`, `/chats/${id}`, "/c/demo"].map((href) => ({ href }));
  it.each([
    ["/inbox", true],
    ["/inbox/", true],
    [`/chats/${id}`, true],
    ["/c/demo", true],
    ["/chats", false],
    [`/inbox/${id}`, false],
    ["/c/otra", false],
    ["/settings", false],
    ["/", false],
    [`/chats/${id}/media`, false],
  ])("%s: %s", (path, readable) => expect(isReadable(path, kept)).toBe(readable));

  it("is never a page of another kind, whatever was kept of it", () => {
    expect(isReadable("/reset", [{ href: "/reset" }])).toBe(false);
    expect(isReadable("/join/secreto", [{ href: "/join/secreto" }])).toBe(false);
  });
});
