import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpeningHours } from "~db/schema/accounts";
import {
  businessMinutesAgo,
  businessMinutesBetween,
  closedSince,
  isOpenAt,
  nextOpening,
  type Schedule,
  scheduleOf,
} from "./opening-hours";

const BUENOS_AIRES = "America/Argentina/Buenos_Aires";
const WORKDAY: [string, string][] = [
  ["09:00", "13:00"],
  ["15:00", "18:00"],
];
const week: OpeningHours = { mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY };
const at = (text: string) => new Date(text);
const office = (more: Partial<Schedule> = {}): Schedule => ({
  timeZone: BUENOS_AIRES,
  week,
  holidays: new Map(),
  ...more,
});

describe("whether it is open", () => {
  it("from the first minute of a span to the last, by the organisation's clock", () => {
    // 2026-03-02 is a Monday; 09:00 there is 12:00 UTC.
    expect(isOpenAt(office(), at("2026-03-02T11:59:59Z"))).toBe(false);
    expect(isOpenAt(office(), at("2026-03-02T12:00:00Z"))).toBe(true);
    expect(isOpenAt(office(), at("2026-03-02T16:00:00Z"))).toBe(false);
    expect(isOpenAt(office(), at("2026-03-02T18:00:00Z"))).toBe(true);
    expect(isOpenAt(office(), at("2026-03-01T15:00:00Z"))).toBe(false);
  });

  it("always without hours, and over midnight by 24:00 or 00:00", () => {
    expect(isOpenAt(office({ week: null }), at("2026-03-01T05:00:00Z"))).toBe(true);
    for (const end of ["24:00", "00:00"]) {
      const bar = office({ week: { fri: [["20:00", end]], sat: [["00:00", "02:00"]] } });
      // Friday 23:59, Saturday 00:00, 01:59 and 02:00.
      const times = ["2026-03-07T02:59:59Z", "2026-03-07T03:00:00Z", "2026-03-07T04:59:59Z", "2026-03-07T05:00:00Z"];
      expect(times.map((time) => isOpenAt(bar, at(time)))).toEqual([true, true, true, false]);
      expect(closedSince(bar, at("2026-03-07T12:00:00Z"))).toEqual(at("2026-03-07T05:00:00Z"));
    }
  });

  it("on a holiday by its own spans; an area's comes before the organisation's", () => {
    const organisation = { timeZone: BUENOS_AIRES, hours: week };
    const shared = { areaId: null, day: "2026-03-02", spans: [] };
    const own = { areaId: "ventas", day: "2026-03-02", spans: [["10:00", "11:00"]] as [string, string][] };
    const sales = scheduleOf(organisation, { id: "ventas", hours: null }, [own, shared]);
    const support = scheduleOf(organisation, { id: "soporte", hours: null }, [own, shared]);
    const night = scheduleOf(organisation, { id: "guardia", hours: { mon: [["22:00", "24:00"]] } }, []);
    const ten = at("2026-03-02T13:30:00Z");
    expect([isOpenAt(sales, ten), isOpenAt(support, ten), isOpenAt(night, ten)]).toEqual([true, false, false]);
    expect(isOpenAt(sales, at("2026-03-02T14:00:00Z"))).toBe(false);
    expect(nextOpening(support, ten)).toEqual(at("2026-03-03T12:00:00Z"));
    expect(isOpenAt(scheduleOf({ ...organisation, hours: null }, { id: "x", hours: null }, [shared]), ten)).toBe(false);
  });
});

describe("by the clock of the zone", () => {
  const nine: OpeningHours = Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["09:00", "18:00"]]]),
  );

  it.each([
    ["America/Argentina/Buenos_Aires", "2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z"],
    ["America/Sao_Paulo", "2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z"],
    // Summer all year since 2024.
    ["America/Asuncion", "2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z"],
    ["America/Santiago", "2026-07-01T13:00:00Z", "2026-12-01T12:00:00Z"],
  ])("%s opens at nine in winter and in summer", (timeZone, winter, summer) => {
    const schedule = office({ timeZone, week: nine });
    for (const opening of [winter, summer]) {
      expect(nextOpening(schedule, at(`${opening.slice(0, 10)}T09:00:00Z`))).toEqual(at(opening));
      expect(isOpenAt(schedule, new Date(at(opening).getTime() - 1))).toBe(false);
    }
  });

  it("counts the minutes that pass on the days on which clocks change", () => {
    const allDay = office({
      timeZone: "America/Santiago",
      week: { sat: [["00:00", "24:00"]], sun: [["00:00", "24:00"]] },
    });
    // At the end of Saturday 4 April 2026 the clock goes back an hour; at that of 5 September it leaps over one.
    expect(businessMinutesBetween(allDay, at("2026-04-04T03:00:00Z"), at("2026-04-06T04:00:00Z"))).toBe(49 * 60);
    expect(businessMinutesBetween(allDay, at("2026-09-05T04:00:00Z"), at("2026-09-07T03:00:00Z"))).toBe(47 * 60);
    const leapt = office({ timeZone: "America/Santiago", week: { sun: [["00:30", "02:00"]] } });
    expect(nextOpening(leapt, at("2026-09-06T03:00:00Z"))).toEqual(at("2026-09-06T04:30:00Z"));
    expect(businessMinutesBetween(leapt, at("2026-09-06T00:00:00Z"), at("2026-09-07T00:00:00Z"))).toBe(30);
  });
});

describe("never open", () => {
  it("opens at no time, and no minute passes", () => {
    const shut = office({ week: {} });
    const now = at("2026-03-02T12:00:00Z");
    expect([nextOpening(shut, now), closedSince(shut, now), businessMinutesAgo(shut, now, 1)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(businessMinutesBetween(shut, at("2026-01-01T00:00:00Z"), now)).toBe(0);
    expect(isOpenAt(office({ week: { mon: [["18:00", "09:00"]] } }), now)).toBe(false);
  });
});

describe("of any hours", () => {
  const time = fc.integer({ min: 0, max: 48 }).map((half) => {
    return `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;
  });
  const spans = fc.array(fc.tuple(time, time), { maxLength: 3 });
  const schedules = fc.record({
    timeZone: fc.constantFrom(
      "America/Asuncion",
      "America/Sao_Paulo",
      BUENOS_AIRES,
      "America/Santiago",
      "Europe/Madrid",
    ),
    week: fc.option(fc.record({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans })),
    holidays: fc
      .array(fc.tuple(fc.constantFrom("2026-04-04", "2026-04-05", "2026-09-06"), spans))
      .map((list) => new Map(list)),
  });
  // Around the days on which Santiago's and Madrid's clocks change.
  const instants = fc
    .tuple(
      fc.constantFrom("2026-03-29", "2026-04-05", "2026-09-06", "2026-10-25"),
      fc.integer({ min: -4320, max: 4320 }),
    )
    .map(([day, minutes]) => new Date(Date.parse(`${day}T03:00:00Z`) + minutes * 60_000));

  it("minutes add up, and are never more than those that passed", () => {
    fc.assert(
      fc.property(schedules, fc.tuple(instants, instants, instants), (schedule, three) => {
        const [a, b, c] = three.sort((x, y) => x.getTime() - y.getTime()) as [Date, Date, Date];
        const whole = businessMinutesBetween(schedule, a, c);
        expect(businessMinutesBetween(schedule, a, b) + businessMinutesBetween(schedule, b, c)).toBeCloseTo(whole, 6);
        expect(whole).toBeLessThanOrEqual((c.getTime() - a.getTime()) / 60_000);
      }),
      { numRuns: 40 },
    );
  });

  it("it is open when it opens next, and was not until then; since it closed no minute passed", () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, now) => {
        const next = nextOpening(schedule, now);
        if (next) expect(isOpenAt(schedule, next)).toBe(true);
        if (next) expect(businessMinutesBetween(schedule, now, next)).toBe(0);
        const since = closedSince(schedule, now);
        expect(since === null || !isOpenAt(schedule, now)).toBe(true);
        if (since) expect(businessMinutesBetween(schedule, since, now)).toBe(0);
        if (since) expect(isOpenAt(schedule, new Date(since.getTime() - 1))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("so many minutes ago is the latest instant since which they passed", () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 1, max: 3000 }), (schedule, now, minutes) => {
        const ago = businessMinutesAgo(schedule, now, minutes);
        if (!ago) return;
        expect(businessMinutesBetween(schedule, ago, now)).toBeCloseTo(minutes, 6);
        expect(businessMinutesBetween(schedule, new Date(ago.getTime() + 60_000), now)).toBeLessThan(minutes);
      }),
      { numRuns: 40 },
    );
  });
});
