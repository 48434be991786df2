import { expect, it } from "vitest";
import { cellsOf, pictureBox } from "./picture-size";

it.each([
  [
    { width: 4000, height: 3000 },
    { width: 320, height: 240 },
  ],
  [
    { width: 3000, height: 4000 },
    { width: 255, height: 340 },
  ],
  [
    { width: 200, height: 150 },
    { width: 200, height: 150 },
  ],
  [
    { width: 40, height: 40 },
    { width: 120, height: 120 },
  ],
  [
    { width: 1000, height: 20 },
    { width: 320, height: 120 },
  ],
  [
    { width: null, height: null },
    { width: 280, height: 210 },
  ],
])("a picture of %j stands in a box of %j", (picture, box) => expect(pictureBox(picture)).toEqual(box));

it.each([1, 2, 3, 4])("shows %i pictures as they are", (count) => {
  const { shown, more } = cellsOf(Array.from({ length: count }, (_, place) => place));
  expect([shown.length, more]).toEqual([count, 0]);
});

it("shows four of seven, and says that there are three more", () =>
  expect(cellsOf([1, 2, 3, 4, 5, 6, 7])).toEqual({ shown: [1, 2, 3, 4], more: 3 }));
