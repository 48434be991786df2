import { expect, it } from "vitest";
import { readVerdict } from "./read-verdict";

const ground = [
  { question: "¿Hacen envíos?", answer: "Enviamos a todo el país por correo." },
  { question: "¿Abren los domingos?", answer: "Sí." },
];
const verdict = (more: object) => JSON.stringify({ sure: true, answer: "Sí, enviamos.", quotes: [], ...more });
const quote = (source: number, text: string) => ({ quotes: [{ source, text }] });

it("takes an answer that quotes what it was given", () => {
  expect(readVerdict(verdict(quote(1, "enviamos a TODO el pais")), ground)).toEqual({
    answer: "Sí, enviamos.",
    sources: ["¿Hacen envíos?"],
  });
  expect(readVerdict(`\`\`\`json\n${verdict(quote(2, "sí"))}\n\`\`\``, ground)).toMatchObject({
    sources: ["¿Abren los domingos?"],
  });
});

it.each<[string, string]>([
  ["no quote", verdict({})],
  ["words that stand nowhere", verdict(quote(1, "enviamos gratis a todo el mundo"))],
  ["words of another answer", verdict(quote(2, "enviamos a todo el país"))],
  ["an answer that it was not given", verdict(quote(3, "enviamos a todo el país"))],
  ["too few words", verdict(quote(1, "a todo"))],
  ["a piece of a word", verdict(quote(1, "viamos a todo el"))],
  ["no words", verdict(quote(1, "…"))],
  ["nothing said", verdict({ ...quote(1, "a todo el país"), answer: " " })],
  ["more than anybody reads", verdict({ ...quote(1, "a todo el país"), answer: "x".repeat(2_001) })],
  ["that it is not sure", verdict({ ...quote(1, "a todo el país"), sure: false })],
  ["no JSON", "Sí, enviamos a todo el país por correo."],
  ["other JSON", "[1]"],
])("is unsure of %s", (_, text) => {
  expect(readVerdict(text, ground)).toEqual({ unsure: true });
});
