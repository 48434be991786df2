import { describe, expect, it } from "vitest";
import { momentIn, snoozeTimes } from "./snooze-times";

const ZONE = "America/Argentina/Buenos_Aires";
const offered = (now: string, zone = ZONE) =>
  Object.fromEntries(snoozeTimes(new Date(now), zone).map(({ name, at }) => [name, at.toISOString()]));

describe("until when a ticket may sleep", () => {
  it("is counted by the organisation's clock", () => {
    // A Thursday afternoon in Posadas.
    expect(offered("2026-11-26T17:00:00Z")).toEqual({
      hour: "2026-11-26T18:00:00.000Z",
      evening: "2026-11-26T21:00:00.000Z",
      tomorrow: "2026-11-27T12:00:00.000Z",
      monday: "2026-11-30T12:00:00.000Z",
    });
    // There it is still Sunday, and the evening is over.
    expect(offered("2026-11-30T02:30:00Z")).toEqual({
      hour: "2026-11-30T03:30:00.000Z",
      tomorrow: "2026-11-30T12:00:00.000Z",
      monday: "2026-11-30T12:00:00.000Z",
    });
    expect(offered("2026-11-30T15:00:00Z").monday).toBe("2026-12-07T12:00:00.000Z");
  });

  it("keeps the hour where clocks are changed in between", () => {
    expect(momentIn("2026-03-29", "09:00", "Europe/Madrid").toISOString()).toBe("2026-03-29T07:00:00.000Z");
    expect(offered("2026-10-24T20:00:00Z", "Europe/Madrid").tomorrow).toBe("2026-10-25T08:00:00.000Z");
  });
});
