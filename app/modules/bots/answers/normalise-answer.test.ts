import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseAnswer } from "./normalise-answer";

/** Any code points, half a surrogate too; far quicker to make than fast-check's own strings of them. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x24f), fc.integer({ min: 0x250, max: 0xffff }), fc.nat(0x10ffff)), { maxLength: 50 })
  .map((points) => String.fromCodePoint(...points));

describe("normaliseAnswer", () => {
  it.each([
    ["  ¡MENÚ!  ", "menu"],
    ["Ñandú", "nandu"],
    ["informação", "informacao"],
    ["Soporte   técnico.", "soporte tecnico"],
    ["Ventas 🛒", "ventas"],
    ["2.", "2"],
    ["2)", "2"],
    ["2️⃣", "2"],
    ["２", "2"],
    ["e\u0301xito", "exito"],
    ["İSTANBUL", "istanbul"],
    ["👍", "👍"],
    ["   ", ""],
  ])("reads %j as %j", (text, words) => {
    expect(normaliseAnswer(text)).toBe(words);
  });

  it("takes prose for no answer", () => {
    expect(normaliseAnswer("hola ".repeat(300))).toBe("");
  });

  it("changes nothing when done twice, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseAnswer(text);
        expect(normaliseAnswer(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});
