import { expect, it } from "vitest";
import { answerLines } from "./summary";

it("writes a line for each answer, a long question shortened", () => {
  expect(
    answerLines([
      { node: "menu", question: "¿En qué te\npodemos ayudar?", answer: "Ventas" },
      { node: "zona", question: "Elegí una zona:", answer: "Centro" },
      { node: "largo", question: "a".repeat(300), answer: "Sí" },
    ]),
  ).toEqual(["¿En qué te podemos ayudar? Ventas", "Elegí una zona: Centro", `${"a".repeat(119)}… Sí`]);
  expect(answerLines([])).toEqual([]);
});
