import { expect, it } from "vitest";
import { findReplies, replyQueryAt } from "./find-replies";

it.each([
  ["/", 1, { from: 0, query: "" }],
  ["/ho", 3, { from: 0, query: "ho" }],
  ["/hola y más", 3, { from: 0, query: "ho" }],
  ["hola\n/gr", 8, { from: 5, query: "gr" }],
  ["/ho", 0, null],
  ["hola /gr", 8, null],
  ["/a\nb", 4, null],
  ["1/2", 3, null],
  [`/${"x".repeat(50)}`, 51, null],
  ["", 0, null],
])("in %j at %i", (text, caret, expected) => expect(replyQueryAt(text, caret)).toEqual(expected));

const replies = [
  { scope: "organisation", shortcut: "envio", title: "Envíos", text: "Mandamos a todo el país." },
  { scope: "area", shortcut: "gracias", title: "Despedida", text: "¡Gracias! Cualquier envío, avisá." },
  { scope: "member", shortcut: "zz", title: "Mía", text: "Un ENVÍO" },
  { scope: "member", shortcut: "en-camino", title: "En camino", text: "Ya sale" },
] as const;

it.each([
  ["", ["en-camino", "zz", "gracias", "envio"]],
  ["en", ["en-camino", "zz", "gracias", "envio"]],
  ["ENVÍO", ["zz", "gracias", "envio"]],
  ["despe", ["gracias"]],
  ["en camino", ["en-camino"]],
  ["nada", []],
])("finds by %j", (query, found) => {
  expect(findReplies(replies, query).map(({ shortcut }) => shortcut)).toEqual(found);
});

it("proposes few enough to choose among", () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ ...replies[0], shortcut: `r${n}` }));
  expect(findReplies(many, "r")).toHaveLength(8);
});
