import { expect, it } from "vitest";
import { ALL_LOUD, isLoud, isQuietAt } from "./notice-choice";
import { noticeChoice } from "./notice-choice-field";

/** Noon in UTC is nine in Buenos Aires. */
const at = (time: string) => new Date(`2026-03-10T${time}:00Z`);
const quietAt = (from: string, to: string, time: string) =>
  isQuietAt({ ...ALL_LOUD, quiet: { from, to } }, at(time), "America/Argentina/Buenos_Aires");

it("is quiet between two times of the organisation's clock, also past midnight", () => {
  expect(["11:59", "12:00", "13:59", "14:00"].map((time) => quietAt("09:00", "11:00", time))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(["00:59", "01:00", "09:59", "10:00"].map((time) => quietAt("22:00", "07:00", time))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isQuietAt(ALL_LOUD, at("03:00"), "UTC")).toBe(false);
});

it("says aloud what was chosen of tickets, and always that a webhook is off", () => {
  const choice = { ...ALL_LOUD, loud: ["assigned" as const] };
  expect((["assigned", "queued", "webhook_off"] as const).map((kind) => isLoud(choice, kind))).toEqual([
    true,
    false,
    true,
  ]);
});

it("takes kinds that there are, and times that differ", () => {
  const quiet = { from: "22:00", to: "07:00" };
  expect(noticeChoice.parse({ loud: ["queued", "assigned", "queued"], quiet }).loud).toEqual(["assigned", "queued"]);
  for (const wrong of [
    { from: "22:00", to: "22:00" },
    { from: "22:00", to: "24:00" },
    { from: "9", to: "10:00" },
  ]) {
    expect(noticeChoice.safeParse({ loud: [], quiet: wrong }).error?.issues[0]?.message).toBe("hours_malformed");
  }
  expect(noticeChoice.safeParse({ loud: ["everything"], quiet: null }).success).toBe(false);
});
