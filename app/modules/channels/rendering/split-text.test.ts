import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureText, splitText } from "./split-text";

const withoutSpace = (text: string) => text.replace(/\s+/g, "");
const lively = fc.array(
  fc.constantFrom(
    "hola",
    "¿qué tal?",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "e\u0301",
    "ñandú",
    "\n\n",
    "\n",
    " ",
    "  ",
    ". ",
    "日本語",
    "🇦🇷",
    "x",
  ),
  { maxLength: 80 },
);

describe("measureText", () => {
  it("counts UTF-16 units, and bytes as UTF-8 has them", () => {
    expect(measureText("ñ👍", "characters")).toBe(3);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(measureText(text, "bytes")).toBe(Buffer.byteLength(text, "utf8"));
      }),
    );
  });
});

describe("splitText", () => {
  it("leaves a short text whole and gives nothing for nothing", () => {
    expect(splitText("hola", 4, "characters")).toEqual(["hola"]);
    expect(splitText(" \n ", 10, "characters")).toEqual([]);
  });

  it("prefers paragraphs, then lines, then sentences, then words", () => {
    expect(splitText("uno dos tres\n\ncuatro\ncinco", 20, "characters")).toEqual(["uno dos tres", "cuatro\ncinco"]);
    expect(splitText("uno dos tres\ncuatro cinco seis", 20, "characters")).toEqual([
      "uno dos tres",
      "cuatro cinco seis",
    ]);
    expect(splitText("Uno dos tres. Cuatro cinco", 20, "characters")).toEqual(["Uno dos tres.", "Cuatro cinco"]);
    expect(splitText("uno dos tres cuatro cinco", 14, "characters")).toEqual(["uno dos tres", "cuatro cinco"]);
  });

  it("does not leave a stub before a paragraph border in the first half", () => {
    expect(splitText("Hola\n\nuno dos tres cuatro cinco", 24, "characters")).toEqual([
      "Hola\n\nuno dos tres",
      "cuatro cinco",
    ]);
  });

  it("uses the whole of a part when it ends exactly at a word's end", () => {
    expect(splitText("uno dos tres", 7, "characters")).toEqual(["uno dos", "tres"]);
  });

  it("keeps a family, a flag and an accent together", () => {
    const family = "👨‍👩‍👧‍👦";
    expect(splitText(family.repeat(3), family.length + 5, "characters")).toEqual([family, family, family]);
    expect(splitText("🇦🇷🇧🇷", 12, "bytes")).toEqual(["🇦🇷", "🇧🇷"]);
    expect(splitText("aaaae\u0301", 5, "characters")).toEqual(["aaaa", "e\u0301"]);
  });

  it("cuts even a single character that is longer than the limit", () => {
    const zalgo = `a${"\u0301".repeat(5000)}`;
    const parts = splitText(zalgo, 1000, "bytes");
    expect(parts.join("")).toBe(zalgo);
    for (const part of parts) expect(measureText(part, "bytes")).toBeLessThanOrEqual(1000);
  });

  it("never exceeds the limit, never makes an empty part, never loses or moves a letter, never breaks a code point", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          lively.map((words) => words.join("")),
          fc.string({ unit: "grapheme", maxLength: 200 }),
        ),
        fc.integer({ min: 4, max: 60 }),
        fc.constantFrom("characters" as const, "bytes" as const),
        (text, limit, unit) => {
          const parts = splitText(text, limit, unit);
          expect(withoutSpace(parts.join(""))).toBe(withoutSpace(text));
          for (const part of parts) {
            expect(part).not.toBe("");
            expect(measureText(part, unit)).toBeLessThanOrEqual(limit);
            expect(part).not.toMatch(/\p{Cs}/u);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("splits a megabyte without a space in linear work", () => {
    const parts = splitText("ñ".repeat(500_000), 1000, "bytes");
    expect(parts).toHaveLength(1000);
  });

  it("refuses a limit under which a character might not fit", () => {
    expect(() => splitText("hola", 3, "characters")).toThrow(RangeError);
    expect(() => splitText("hola", Number.NaN, "characters")).toThrow(RangeError);
  });
});
