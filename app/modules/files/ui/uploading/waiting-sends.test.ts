import { describe, expect, it } from "vitest";
import type { UploadItem } from "./upload-items";
import { attachmentOf, attachmentsOf, nextToSend, unclaimed, type WaitingSend } from "./waiting-sends";

const item = (key: string, more: Partial<UploadItem> = {}): UploadItem => ({
  ...{ key, name: key, type: "image/png", size: 10, lastModified: 1, voice: false, state: "uploading", sent: 5 },
  ...{ url: `http://x/uploads/id-${key}`, code: null, kind: "image", width: 3, height: 2, placeholder: null },
  ...{ duration_ms: null, waveform: null, preview: null },
  ...more,
});
const send = (id: string, keys: string[]): WaitingSend => ({
  ...{ client_id: id, text: id, keys, options: {}, created_at: "2026-11-26T10:00:00Z" },
});

describe("a message that waits for its files", () => {
  it("leaves when all are whole, and not before an earlier one", () => {
    const sends = [send("first", ["a", "b"]), send("second", ["c"])];
    const [a, b, c] = [item("a", { state: "ready" }), item("b"), item("c", { state: "ready" })];
    expect(nextToSend(sends, [a, b, c])).toBeNull();
    expect(nextToSend(sends, [a, { ...b, state: "failed" }, c])).toBeNull();
    expect(nextToSend(sends, [a, { ...b, state: "ready" }, c])?.client_id).toBe("first");
    expect(nextToSend([], [a])).toBeNull();
  });

  it("takes its files from what the next one will carry", () => {
    expect(unclaimed([item("a"), item("b")], [send("x", ["a"])]).map(({ key }) => key)).toEqual(["b"]);
  });

  it("shows how far each is", () => {
    const shown = attachmentsOf(send("x", ["a", "b"]), [item("a"), item("b", { state: "ready", sent: 10 }), item("c")]);
    expect(shown).toMatchObject([
      { id: "id-a", state: "pending", progress: 0.5, url: null, thumbnail: null },
      { id: "id-b", state: "ready", progress: 1, url: "/media/id-b", thumbnail: "/media/id-b?size=thumb" },
    ]);
  });

  it("has no small picture of what moves", () => {
    expect(attachmentOf(item("a", { state: "ready", type: "image/gif" })).thumbnail).toBeNull();
  });
});
