import { expect, it } from "vitest";
import { fromField, inAnHour, toField, tomorrowAtNine } from "./send-times";

const now = new Date(2026, 11, 31, 22, 40, 12);

it("offers an hour from now and nine of the next morning, by the device's clock", () => {
  expect(inAnHour(now)).toEqual(new Date(2026, 11, 31, 23, 40, 12));
  expect(tomorrowAtNine(now)).toEqual(new Date(2027, 0, 1, 9, 0, 0));
});

it("reads a day and hour as they are written, and takes none that is over", () => {
  expect(toField(new Date(2026, 0, 2, 3, 4))).toBe("2026-01-02T03:04");
  expect(fromField("2027-01-01T09:30", now)).toEqual(new Date(2027, 0, 1, 9, 30));
  expect(fromField("2026-12-31T22:40", now)).toBeNull();
  expect(fromField("", now)).toBeNull();
});
