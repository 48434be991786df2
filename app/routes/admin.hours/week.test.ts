import { expect, it } from "vitest";
import { addSpan, copyMonday, endFromField, toField, usualWeek, weekOf } from "./week";

it("copies Monday to the weekdays and leaves the weekend", () => {
  const week = { ...weekOf({ sat: [["09:00", "12:00"]] }), mon: [["08:00", "12:00"]] as [string, string][] };
  const copied = copyMonday(week);
  expect([copied.tue, copied.fri, copied.sat, copied.sun]).toEqual([week.mon, week.mon, [["09:00", "12:00"]], []]);
  expect(copied.tue[0]).not.toBe(week.mon[0]);
});

it("adds a span after the last one, up to midnight and no further", () => {
  expect(addSpan([])).toEqual([["09:00", "18:00"]]);
  expect(addSpan([["08:00", "12:00"]])[1]).toEqual(["13:00", "17:00"]);
  expect(addSpan([["08:00", "20:00"]])[1]).toEqual(["21:00", "24:00"]);
  expect(addSpan([["08:00", "24:00"]])).toHaveLength(1);
});

it("writes midnight at a day's end as fields can", () => {
  expect([toField("24:00"), endFromField("00:00"), endFromField("18:30")]).toEqual(["00:00", "24:00", "18:30"]);
  expect(Object.values(usualWeek()).map((spans) => spans.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
});
