import { expect, it } from "vitest";
import type { DraftNode } from "../../../editing/draft";
import { aDraft } from "../model/draft-double";
import { addNode } from "../model/edits";
import { takeFile } from "./take-file";

const PATH = ["source", "file"];
const drawn = (kind: "media" | "card", settings: DraftNode["settings"]) =>
  addNode({ id: "m", kind, title: "", position: { x: 0, y: 0 }, settings })(aDraft());
const settingsOf = (draft: ReturnType<typeof aDraft>) => draft.nodes.find(({ id }) => id === "m")?.settings;

it("puts a file in its field, and lets a step that sends media be of its kind", () => {
  const media = drawn("media", { media: "image", source: { from: "file", file: "" }, caption: "Hola" });
  expect(settingsOf(takeFile("m", PATH, { id: "f", kind: "voice" })(media))).toEqual({
    media: "audio",
    source: { from: "file", file: "f" },
    caption: "Hola",
  });
  const card = drawn("card", { image: { from: "file", file: "old" }, title: "Yerba" });
  const taken = takeFile("m", ["image", "file"], { id: "f", kind: "image" })(card);
  expect(settingsOf(taken)).toEqual({ image: { from: "file", file: "f" }, title: "Yerba" });
});

it("changes nothing where the step is gone or takes it from elsewhere meanwhile", () => {
  const elsewhere = drawn("media", { source: { from: "url", url: "https://a.com/x.png" } });
  expect(takeFile("m", PATH, { id: "f", kind: "image" })(elsewhere)).toBe(elsewhere);
  const without = aDraft();
  expect(takeFile("m", PATH, { id: "f", kind: "image" })(without)).toBe(without);
});
