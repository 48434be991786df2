import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "./match-answer";
import { ANSWER_TYPES, type Asked, readAnswer } from "./read-answer";

const asked = (given: Partial<Asked>): Asked => ({
  type: "text",
  documents: ["dni", "cpf"],
  pattern: null,
  photosOnly: false,
  min: null,
  max: null,
  language: "es",
  // Half past nine in the evening of the day before, in Asunción.
  now: "2026-03-03T00:30:00.000Z",
  timeZone: "America/Asuncion",
  region: "PY",
  ...given,
});
const says = (text: string): Answer => ({ kind: "text", text, payload: null });
const value = (text: string, given: Partial<Asked>) => readAnswer(says(text), asked(given))?.value ?? null;

describe("an answer of a kind", () => {
  it.each([
    ["1500", 1500],
    ["1.500", 1500],
    ["1.500,50", 1500.5],
    ["1,500.50", 1500.5],
    ["3,5", 3.5],
    ["3.5", 3.5],
    ["Gs. 20.000", 20000],
    ["-7", -7],
    ["12 %", 12],
    ["2 kg", 2],
    ["1.2.3", null],
    ["doce", null],
    ["", null],
    ["1e5", null],
  ])("a number: %s is %s", (text, expected) => expect(value(text, { type: "number" })).toBe(expected));

  it("a number within its limits, and with the thousands of its language", () => {
    expect(value("1,500", { type: "number", language: "en" })).toBe(1500);
    expect(value("1,500", { type: "number", language: "es" })).toBe(1.5);
    expect(value("11", { type: "number", min: 1, max: 10 })).toBeNull();
    expect(value("10", { type: "number", min: 1, max: 10 })).toBe(10);
  });

  it.each([
    ["25/12/2026", "2026-12-25"],
    ["25-12-26", "2026-12-25"],
    ["2026-12-25", "2026-12-25"],
    ["12/25/2026", "2026-12-25"],
    ["2/3", "2026-03-02"],
    ["1/3", "2027-03-01"],
    ["29/2/2027", null],
    ["31/04", null],
    ["hoy", "2026-03-02"],
    ["¡Mañana!", "2026-03-03"],
    ["pasado mañana", "2026-03-04"],
    ["amanhã", "2026-03-03"],
    ["day after tomorrow", "2026-03-04"],
    ["25 de diciembre", "2026-12-25"],
    ["el 1 de enero de 2027", "2027-01-01"],
    ["1 de março", "2027-03-01"],
    ["May 5", "2026-05-05"],
    ["nunca", null],
  ])("a date: %s is %s", (text, expected) => expect(value(text, { type: "date" })).toBe(expected));

  it.each([
    ["Sí", true],
    ["sim", true],
    ["DALE 👍", true],
    ["não", false],
    ["No!", false],
    ["quizás", null],
  ])("yes or no: %s is %s", (text, expected) => expect(value(text, { type: "yes_no" })).toBe(expected));

  it.each([
    ["5", 5],
    ["⭐⭐⭐", 3],
    ["cuatro", 4],
    ["2 estrellas", 2],
    ["4/5", 4],
    ["0", null],
    ["6", null],
    ["10", null],
  ])("a rating: %s is %s", (text, expected) => expect(value(text, { type: "rating" })).toBe(expected));

  it("an address, a telephone of the country, a document, a form of one's own", () => {
    expect(value(" Ana@Ejemplo.COM ", { type: "email" })).toBe("ana@ejemplo.com");
    expect(value("ana@ejemplo", { type: "email" })).toBeNull();
    expect(value("0981 123-456", { type: "phone" })).toBe("+595981123456");
    expect(value("+54 9 11 2345-6789", { type: "phone" })).toBe("+5491123456789");
    expect(value("0981", { type: "phone" })).toBeNull();
    expect(value("529.982.247-25", { type: "document" })).toBe("52998224725");
    expect(value("AB-123", { type: "pattern", pattern: "[a-z]{2}-\\d+" })).toBe("AB-123");
    expect(value("x AB-123", { type: "pattern", pattern: "[a-z]{2}-\\d+" })).toBeNull();
    expect(value("x", { type: "pattern", pattern: "(" })).toBeNull();
  });

  it("a photo, a file, a place", () => {
    const photo = { id: "f1", kind: "image", name: "dni.jpg", mime: "image/jpeg", url: "/media/f1" };
    const sheet = { id: "f2", kind: "file", name: "a.pdf", mime: null, url: null };
    const sent: Answer = { kind: "media", text: "", payload: null, files: [sheet, photo] };
    expect(readAnswer(sent, asked({ type: "file" }))).toEqual({ value: sheet, shown: "a.pdf" });
    expect(readAnswer(sent, asked({ type: "file", photosOnly: true }))?.value).toEqual(photo);
    expect(readAnswer({ ...sent, files: [sheet] }, asked({ type: "file", photosOnly: true }))).toBeNull();
    expect(readAnswer(sent, asked({ type: "text" }))).toBeNull();
    const place = { latitude: -25.28, longitude: -57.63, name: null, address: "Palma 123" };
    expect(readAnswer({ kind: "location", text: "", payload: null, place }, asked({ type: "location" }))).toEqual({
      value: place,
      shown: "Palma 123",
    });
    expect(readAnswer(says("acá"), asked({ type: "location" }))).toBeNull();
  });

  it("is found or not, and nothing throws, whatever was written", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...ANSWER_TYPES), (text, type) => {
        const read = readAnswer(says(text), asked({ type, pattern: "(a+)+$" }));
        expect(JSON.parse(JSON.stringify(read))).toEqual(read);
      }),
    );
  });
});
