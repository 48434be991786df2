import { expect, it } from "vitest";
import { pageOf, type Ranked } from "./ranking";

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const all: Ranked[] = [
  { score: 5, at: 10, id: id(1) },
  { score: 9, at: 1, id: id(2) },
  { score: 5, at: 20, id: id(3) },
  { score: 5, at: 20, id: id(4) },
];

it("gives the best first, of equals the newest, by pages that leave none out", () => {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const { shown, nextCursor }: ReturnType<typeof pageOf> = pageOf(all, { cursor, limit: 3 });
    found.push(...shown.map((one) => one.id));
    cursor = nextCursor;
  } while (cursor);
  expect(found).toEqual([2, 4, 3, 1].map(id));
});

it.each(["1.x", "5", `5.20.${id(3)}'`, `-5.20.${id(3)}`, "5.20.nobody-there-nobody-there-nobody-the"])(
  "refuses %j as a place",
  (cursor) => {
    expect(() => pageOf(all, { cursor, limit: 3 })).toThrow(expect.objectContaining({ code: "cursor_invalid" }));
  },
);
