import { expect, it } from "vitest";
import { findMentions } from "./find-mentions";

const people = [
  { id: "ana", name: "Ana", handle: "anita" },
  { id: "maria", name: "Ana María", handle: null },
  { id: "beto", name: "Beto", handle: "beto.g" },
  { id: "otro", name: "Beto", handle: null },
];
const called = (text: string, ids?: string[]) => findMentions(text, people, ids).map(({ id, name }) => `${id}=${name}`);

it.each([
  ["hola @Ana", ["ana=Ana"]],
  ["@anita, @ANITA: ¿venís?", ["ana=anita"]],
  ["@Ana María y @beto.g", ["maria=Ana María", "beto=beto.g"]],
  ["@Anabel no es ninguna", []],
  ["ana@anita.com no llama a nadie", []],
  ["Ana sin arroba", []],
  ["@Beto", ["beto=Beto", "otro=Beto"]],
  ["@", []],
])("%s", (text, expected) => expect(called(text)).toEqual(expected));

it("of people of one name only those who were picked are called, and nobody who was not written", () => {
  expect(called("@Beto y @anita", ["otro", "maria"])).toEqual(["otro=Beto", "ana=anita"]);
});

it("a text of many marks calls each once", () => {
  const crowd = Array.from({ length: 1_000 }, (_, at) => ({ id: `${at}`, name: `Nombre ${at}`, handle: `h${at}` }));
  expect(findMentions("@Nombre 7 ".repeat(1_600), crowd)).toEqual([{ id: "7", name: "Nombre 7" }]);
});
