import { expect, it } from "vitest";
import { attachmentOf } from "./attachment-of";
import type { UploadItem } from "./upload-items";

const item = (more: Partial<UploadItem> = {}): UploadItem => ({
  ...{ key: "a", name: "a", type: "image/png", size: 10, lastModified: 1, voice: false, state: "uploading", sent: 5 },
  ...{ url: "http://x/uploads/id-a", code: null, kind: "image", width: 3, height: 2, placeholder: null },
  ...{ duration_ms: null, waveform: null, preview: "blob:a" },
  ...more,
});

it("shows how far a file is, and the server's once it is there", () => {
  expect(attachmentOf(item())).toMatchObject({
    id: "id-a",
    state: "pending",
    progress: 0.5,
    url: null,
    thumbnail: null,
  });
  expect(attachmentOf(item())).toMatchObject({ preview: "blob:a" });
  const whole = attachmentOf(item({ state: "ready", sent: 10 }));
  expect(whole).toMatchObject({ state: "ready", url: "/media/id-a", thumbnail: "/media/id-a?size=thumb" });
  expect(whole).not.toHaveProperty("preview");
});

it("names a file by its key until the server has named it", () => {
  expect(attachmentOf(item({ url: null }))).toMatchObject({ id: "a" });
});

it("has no small picture of what moves", () => {
  expect(attachmentOf(item({ state: "ready", type: "image/gif" })).thumbnail).toBeNull();
});
