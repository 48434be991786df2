import { expect, it } from "vitest";
import { findHits, findHitsShort } from "./find-hits";

const marked = (text: string, asked: string) =>
  findHits(text, asked)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join("");

it.each([
  ["El CAMIÓN llegó", "camion lleg", "El [CAMIÓN] [llegó]"],
  ["un ñandú", "ÑAND", "un [ñandú]"],
  ["acamión", "camion", "acamión"],
  ["(a+b)* .*", ".*", "(a+b)* .*"],
  ["a <b> a", "a", "[a] <b> [a]"],
  ["hola", "", "hola"],
  ["", "hola", ""],
])("%j asked for %j", (text, asked, expected) => expect(marked(text, asked)).toBe(expected));

it("gives the whole text back, whatever was asked for", () => {
  const text = "Añá 👩‍👩‍👧 cafe\u0301 y mate";
  for (const asked of ["cafe", "café", "👩", "y mate"])
    expect(
      findHits(text, asked)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
});

it("where there is little room begins shortly before the first hit", () => {
  const text = `${"paja ".repeat(40)}aguja y más`;
  expect(findHitsShort(text, "aguja")[0]?.text).toMatch(/^…(paja ){6,8}$/);
  expect(findHitsShort("una aguja", "aguja")).toEqual([
    { text: "una ", hit: false },
    { text: "aguja", hit: true },
  ]);
  expect(findHitsShort("", "aguja")).toEqual([]);
});
