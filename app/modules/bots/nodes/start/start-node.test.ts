import { describe, expect, it } from "vitest";
import { type Opening, startMatches, startNode } from "./start-node";

const opening: Opening = { channel: "web", text: "¡Hola! Quiero una PROMOCIÓN", ref: null, inHours: true };
const matches = (settings: object, changes: Partial<Opening> = {}) =>
  startMatches(startNode.settings.parse(settings), { ...opening, ...changes });
const keywords = (words: string[], match = "exact") => ({ trigger: { kind: "keywords", words, match } });

describe("startMatches", () => {
  it("answers any first message unless told otherwise", () => {
    expect(matches({})).toBe(true);
    expect(matches({}, { text: "", inHours: false, channel: "whatsapp" })).toBe(true);
  });

  it.each([
    [["web", "internal"], true],
    [["whatsapp"], false],
    [[], true],
  ])("answers on the channels %j: %s", (channels, expected) => {
    expect(matches({ channels })).toBe(expected);
  });

  it.each([
    [keywords(["promocion"], "contains"), true],
    [keywords(["quiero una"], "contains"), true],
    [keywords(["promo"], "contains"), false],
    [keywords(["promocion"]), false],
    [keywords(["hola quiero una promoción"]), true],
    [keywords(["!!!"], "contains"), false],
  ])("hears %j: %s", (settings, expected) => {
    expect(matches(settings)).toBe(expected);
  });

  it("answers who came by an entry link", () => {
    const link = { trigger: { kind: "link", ref: "feria" } };
    expect(matches(link, { ref: "feria" })).toBe(true);
    expect(matches(link, { ref: "Feria" })).toBe(false);
    expect(matches(link)).toBe(false);
  });

  it("answers in or out of hours", () => {
    expect(matches({ hours: "in" })).toBe(true);
    expect(matches({ hours: "in" }, { inHours: false })).toBe(false);
    expect(matches({ hours: "out" })).toBe(false);
    expect(matches({ hours: "out" }, { inHours: false })).toBe(true);
  });
});
