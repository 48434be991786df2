import { describe, expect, it } from "vitest";
import { fileIdOf, isSameFile, nextToBegin, type UploadItem, uploadsAfter } from "./upload-items";

const item = (key: string, more: Partial<UploadItem> = {}): UploadItem => ({
  ...{ key, name: key, type: "image/png", size: 10, lastModified: 1, voice: false, state: "waiting", sent: 0 },
  ...{ url: null, code: null, kind: "image", width: null, height: null, placeholder: null, duration_ms: null },
  ...{ waveform: null, preview: null },
  ...more,
});
const keysOf = (items: readonly UploadItem[]) => items.map(({ key }) => key);

describe("uploads", () => {
  it("are added at the end, changed by their key, and dropped; what is gone stays gone", () => {
    let items = uploadsAfter(uploadsAfter([], { do: "add", item: item("a") }), { do: "add", item: item("b") });
    items = uploadsAfter(items, { do: "change", key: "b", to: { sent: 5 } });
    expect(items.map(({ sent }) => sent)).toEqual([0, 5]);
    items = uploadsAfter(items, { do: "drop", keys: ["b"] });
    expect(keysOf(uploadsAfter(items, { do: "change", key: "b", to: { sent: 9 } }))).toEqual(["a"]);
  });

  it("run two at once, in their order", () => {
    const items = [item("a", { state: "ready" }), item("b", { state: "uploading" }), item("c"), item("d")];
    expect(keysOf(nextToBegin(items))).toEqual(["c"]);
    expect(keysOf(nextToBegin([item("a", { state: "paused" }), item("b"), item("c"), item("d")]))).toEqual(["b", "c"]);
    expect(nextToBegin([item("a", { state: "uploading" }), item("b", { state: "uploading" }), item("c")])).toEqual([]);
  });

  it("that wait for the network keep their place", () => {
    const away = { state: "waiting", code: "offline" } as const;
    expect(nextToBegin([item("a", away), item("b", away), item("c")])).toEqual([]);
  });

  it("know a file again by its name, size and time", () => {
    const file = { name: "a", size: 10, lastModified: 1 };
    expect(isSameFile(item("a"), file)).toBe(true);
    for (const other of [{ name: "b" }, { size: 11 }, { lastModified: 2 }])
      expect(isSameFile(item("a"), { ...file, ...other })).toBe(false);
  });

  it("are files by the last part of their address", () => {
    expect(fileIdOf({ url: "http://x/uploads/01a2" })).toBe("01a2");
    expect(fileIdOf({ url: null })).toBe("");
  });
});
