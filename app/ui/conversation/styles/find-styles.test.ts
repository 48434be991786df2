import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findStyles, withoutMarks } from "./find-styles";

/** `b[...]` and so on, as one reads it. */
const shown = (text: string) =>
  findStyles(text)
    .map(({ text: words, styles }) => styles.reduceRight((inner, style) => `${style}[${inner}]`, words))
    .join("");

describe("findStyles", () => {
  it.each([
    ["*Hola* vecino", "bold[Hola] vecino"],
    ["_che_, ¿*qué*?", "italic[che], ¿bold[qué]?"],
    ["~10~ 8 guaraníes", "strike[10] 8 guaraníes"],
    ["poné `npm *start*`", "poné code[npm *start*]"],
    ["*todo _junto_*", "bold[todo ]bold[italic[junto]]"],
    ["```\na *b*\nc```", "block[\na *b*\nc]"],
    ["*un 𝒂*", "bold[un 𝒂]"],
    ["**doble**", "*bold[doble]*"],
  ])("styles %j", (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });

  it.each([
    "2*3*4",
    "una_cosa_y_otra",
    "𝒂*b*",
    "*sin cerrar",
    "* no *",
    "*una línea\notra*",
    "**",
    "__",
    "``",
    "` `",
    "``````",
    "*_mal* cerrado_",
    ":* :*",
  ])("leaves %j as it is", (text) => {
    if (text === "*_mal* cerrado_") expect(shown(text)).toBe("bold[_mal] cerrado_");
    else expect(shown(text)).toBe(text);
  });

  it("never cuts an address, and styles one as a whole", () => {
    const parts = findStyles("*mirá https://a.com/x_y_z*b* y https://b.com/_c_");
    expect(parts.filter(({ href }) => href).map(({ text }) => text)).toEqual([
      "https://a.com/x_y_z*b",
      "https://b.com/_c",
    ]);
    expect(parts.find(({ href }) => href)?.styles).toEqual(["bold"]);
  });

  it("shows of any text what it was, but for marks, whatever the text", () => {
    const bits = fc.constantFrom("*", "_", "~", "`", "```", " ", "\n", "a", "ñ", "𝒂", "https://a.com/_x_", ".");
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(bits, { maxLength: 40 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const bare = (words: string) => words.replace(/[*_~`]/g, "");
        expect(bare(withoutMarks(text))).toBe(bare(text));
        for (const part of findStyles(text)) expect(new Set(part.styles).size).toBe(part.styles.length);
      }),
      { numRuns: 500 },
    );
  });
});
