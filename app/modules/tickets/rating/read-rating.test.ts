import { expect, it } from "vitest";
import { readRating } from "./read-rating";

it.each([
  ["5", 5],
  [" 1 ", 1],
  ["4.", 4],
  ["3️⃣", 3],
  ["⭐⭐⭐⭐", 4],
  ["★ ★", 2],
  ["🌟", 1],
  ["5 ★", 5],
  ["0", null],
  ["6", null],
  ["55", null],
  ["⭐⭐⭐⭐⭐⭐", null],
  ["5 muy bueno", null],
  ["el pedido 5", null],
  ["", null],
])("a rating is said by a digit or stars alone: %j", (text, rating) => {
  expect(readRating({ text })).toBe(rating);
});

it("is what was picked, whatever the channel made of its words", () => {
  expect(readRating({ text: "Excelente", payload: { choice: { id: "rating:5", title: "Excelente" } } })).toBe(5);
  expect(readRating({ text: "Ventas", payload: { choice: { id: "ventas" } } })).toBeNull();
});
