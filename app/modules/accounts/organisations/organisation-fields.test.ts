import { describe, expect, it } from "vitest";
import { areaChange } from "../areas/area-fields";
import { overflowLoops } from "../areas/overflow-chain";
import { changedFields } from "../audit/changed-fields";
import { calendarDay, openingHours } from "./opening-hours-field";
import { contrastWithWhite, organisationChange } from "./organisation-fields";

const problemOf = (change: object) => organisationChange.safeParse(change).error?.issues[0]?.message;

describe("what an organisation may be", () => {
  it("has a colour on which white is read", () => {
    expect(contrastWithWhite("#000000")).toBeCloseTo(21);
    expect(contrastWithWhite("#ffffff")).toBeCloseTo(1);
    expect(problemOf({ colour: "#8A3B12" })).toBeUndefined();
    expect(problemOf({ colour: "#ffee00" })).toBe("colour_too_light");
    expect(problemOf({ colour: "red" })).toBe("colour_malformed");
  });

  it("has a time zone that there is, and nothing that is nobody's to set (TA13)", () => {
    expect(problemOf({ timeZone: "America/Asuncion" })).toBeUndefined();
    expect(problemOf({ timeZone: "America/Posadas" })).toBe("time_zone_unknown");
    for (const forged of [{ id: "x" }, { suspendedAt: null }, { fileQuota: null }, { createdAt: "x" }, { logoId: "x" }])
      expect(organisationChange.safeParse(forged).success).toBe(false);
    expect(areaChange.safeParse({ archivedAt: null }).success).toBe(false);
  });

  it("keeps each reason once", () => {
    expect(organisationChange.parse({ closingReasons: ["Vendido", "Vendido ", "Otro"] }).closingReasons).toEqual([
      "Vendido",
      "Otro",
    ]);
  });
});

describe("hours", () => {
  const problem = (mon: unknown) => openingHours.safeParse({ mon }).error?.issues[0]?.message;
  it("are spans in order, each after the other", () => {
    expect(
      problem([
        ["08:00", "12:00"],
        ["12:00", "24:00"],
      ]),
    ).toBeUndefined();
    expect(problem([["12:00", "08:00"]])).toBe("hours_malformed");
    expect(problem([["08:00", "25:00"]])).toBe("hours_malformed");
    expect(
      problem([
        ["08:00", "12:00"],
        ["11:00", "13:00"],
      ]),
    ).toBe("hours_overlap");
    expect(openingHours.safeParse({ monday: [] }).success).toBe(false);
    expect(openingHours.parse(null)).toBeNull();
  });

  it("have holidays on days that there are", () => {
    expect(calendarDay.safeParse("2028-02-29").success).toBe(true);
    expect(calendarDay.safeParse("2027-02-29").success).toBe(false);
    expect(calendarDay.safeParse("2027-2-9").success).toBe(false);
  });
});

it("an overflow never comes back to where it began", () => {
  const chain = [
    { id: "a", overflowAreaId: null },
    { id: "b", overflowAreaId: "c" },
    { id: "c", overflowAreaId: "a" },
  ];
  expect(overflowLoops("a", "a", chain)).toBe(true);
  expect(overflowLoops("a", "b", chain)).toBe(true);
  expect(overflowLoops("c", "a", chain)).toBe(false);
});

it("the audit log tells what differs and nothing else", () => {
  expect(changedFields({ name: "a", replyMode: "claim" }, { name: "a", replyMode: "take_first" })).toEqual({
    before: { reply_mode: "claim" },
    after: { reply_mode: "take_first" },
  });
  expect(changedFields({ hours: { mon: [] } }, { hours: { mon: [] } })).toBeNull();
});
