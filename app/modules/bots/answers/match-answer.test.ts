import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answer, answerWords, matchAnswer, type Option } from "./match-answer";

const option = (id: string, label: string, ...synonyms: string[]): Option => ({
  id,
  label,
  payload: `menu:${id}`,
  synonyms,
});
const menu = [
  option("ventas", "Ventas", "comprar", "quiero comprar"),
  option("soporte", "Soporte técnico", "ayuda", "problema"),
  option("horarios", "¿A qué hora abren?"),
];
const said = (text: string, kind = "text"): Answer => ({ kind, text, payload: null });
const numbers = ["uno", "dos", "tres"];
const chosen = (answer: Answer, options = menu) => matchAnswer(options, answer, numbers)?.option.id ?? null;

describe("matchAnswer", () => {
  it.each([
    ["Ventas", "ventas"],
    ["  VENTAS!! 🛒", "ventas"],
    ["soporte tecnico", "soporte"],
    ["Quiero comprar.", "ventas"],
    ["a que hora abren", "horarios"],
    ["2", "soporte"],
    ["2.", "soporte"],
    ["(3)", "horarios"],
    ["3️⃣", "horarios"],
    ["Dos", "soporte"],
    ["0", null],
    ["4", null],
    ["99999999999999999999", null],
    ["vent", null],
    ["ventas y soporte", null],
    ["", null],
    ["😀", null],
  ])("reads %j as %j", (text, expected) => {
    expect(chosen(said(text))).toBe(expected);
  });

  it("takes a tapped button by its payload, even when its title has changed since", () => {
    expect(chosen({ kind: "interactive", text: "Comercial", payload: "menu:ventas" })).toBe("ventas");
  });

  it("reads the title of a button of another menu", () => {
    expect(chosen({ kind: "interactive", text: "Ventas", payload: "otro:x" })).toBe("ventas");
    expect(chosen({ kind: "interactive", text: "Otra cosa", payload: "otro:x" })).toBeNull();
  });

  it("does not believe a payload that was typed", () => {
    expect(chosen({ kind: "text", text: "hola", payload: "menu:ventas" })).toBeNull();
  });

  it.each(["media", "location", "contact", "placeholder"])("hears nothing in a message of kind %s", (kind) => {
    expect(chosen(said("Ventas", kind))).toBeNull();
    expect(answerWords(said("Ventas", kind))).toBe("");
  });

  it("lets a label outrank a number", () => {
    const rating = [option("a", "5"), option("b", "4"), option("c", "1")];
    expect(chosen(said("1"), rating)).toBe("c");
    expect(chosen(said("5"), rating)).toBe("a");
    expect(chosen(said("2"), rating)).toBe("b");
  });

  it("chooses none when two options fit", () => {
    expect(chosen(said("sí"), [option("a", "Sí"), option("b", "SI")])).toBeNull();
    expect(chosen(said("ayuda"), [option("a", "Uno", "ayuda"), option("b", "Dos", "Ayuda")])).toBeNull();
  });

  it("finds every option by its number and by its label however it is typed", () => {
    const label = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((text) => /\p{L}{2}/u.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 1, maxLength: 12 }), fc.nat(), (labels, pick) => {
        const options = labels.map((text, i) => option(`o${i}`, text));
        const place = pick % labels.length;
        const found = matchAnswer(options, said(` ${labels[place]} `));
        if (found) expect(found).toEqual({ option: options[place], by: "label" });
        expect(matchAnswer(options, said(`${place + 1}.`))?.option.id).toBe(`o${place}`);
      }),
    );
  });

  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0x10ffff), { maxLength: 300 }).map((points) => String.fromCodePoint(...points)),
        fc.string(),
        (text, payload) => {
          const match = matchAnswer(menu, { kind: "interactive", text, payload }, numbers);
          expect(match === null || menu.includes(match.option)).toBe(true);
        },
      ),
    );
  });
});
