import { expect, it } from "vitest";
import { mentionAt, peopleFor, wordFor } from "./mention-query";

const people = [
  { id: "1", name: "Ana Pérez", handle: "anita" },
  { id: "2", name: "Beto", handle: null },
  { id: "3", name: "beto", handle: "beto2" },
];
const names = (query: string) => peopleFor(people, query).map(({ id }) => id);

it.each([
  ["hola @", 6, { from: 5, query: "" }],
  ["@an", 3, { from: 0, query: "an" }],
  ["@Ana Pé", 7, { from: 0, query: "Ana Pé" }],
  ["(@be y más", 4, { from: 1, query: "be" }],
  ["ana@casa", 8, null],
  ["@ana  ", 6, null],
  ["@ hola", 6, null],
  ["@ana\nx", 6, null],
  ["sin nada", 8, null],
])("in %j at %i", (text, caret, expected) => expect(mentionAt(text, caret)).toEqual(expected));

it("proposes by the beginning of a name, of a word of it, and of a handle, without case and accents", () => {
  expect([names(""), names("ANA"), names("pere"), names("anit"), names("beto"), names("x")]).toEqual([
    ["1", "2", "3"],
    ["1"],
    ["1"],
    ["1"],
    ["2", "3"],
    [],
  ]);
});

it("writes the handle where a name is not one person's", () => {
  expect(people.map((one) => wordFor(one, people))).toEqual(["Ana Pérez", "Beto", "beto2"]);
});
