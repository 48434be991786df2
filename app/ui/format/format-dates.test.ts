import { describe, expect, it } from "vitest";
import { dayOf, daysAgo, formatDate, formatDuration, formatWhen } from "./format-dates";

const posadas = { locale: "es-AR", timeZone: "America/Argentina/Buenos_Aires" };
const at = (iso: string) => Date.parse(iso);
/** Sunday 22 November 2026, 18:30 in Posadas. */
const now = at("2026-11-22T21:30:00Z");

describe("dates in the reader's time zone and language", () => {
  it("writes the hour with 24 hours and two figures", () => {
    expect(formatDate(at("2026-11-22T03:05:00Z"), "time", posadas)).toBe("00:05");
    expect(formatDate(at("2026-11-22T03:05:00Z"), "time", { ...posadas, timeZone: "America/Asuncion" })).toBe("00:05");
    expect(formatDate(at("2026-11-22T03:05:00Z"), "time", { locale: "en", timeZone: "UTC" })).toBe("03:05");
  });

  it("leaves no doubt which figure is the day", () => {
    expect(formatDate(now, "date", posadas)).toBe("22 de nov de 2026");
    expect(formatDate(now, "date", { locale: "pt-BR", timeZone: "America/Sao_Paulo" })).toBe("22 de nov. de 2026");
    expect(formatDate(now, "date", { locale: "en", timeZone: "UTC" })).toBe("Nov 22, 2026");
    expect(formatDate(now, "day", posadas)).toBe("domingo, 22 de noviembre");
  });

  it("knows that a day ends at the reader's midnight, not at Greenwich's", () => {
    expect(dayOf(at("2026-11-23T02:59:00Z"), posadas.timeZone)).toBe("2026-11-22");
    expect(dayOf(at("2026-11-23T03:00:00Z"), posadas.timeZone)).toBe("2026-11-23");
    expect(daysAgo(at("2026-11-22T02:59:00Z"), now, posadas.timeZone)).toBe(1);
    expect(daysAgo(at("2026-11-22T03:00:00Z"), now, posadas.timeZone)).toBe(0);
  });

  it("counts days over a change of the clock", () => {
    const newYork = "America/New_York";
    expect(daysAgo(at("2026-10-31T12:00:00Z"), at("2026-11-02T12:00:00Z"), newYork)).toBe(2);
  });
});

describe("formatWhen", () => {
  it.each([
    ["2026-11-22T12:07:00Z", "09:07"],
    ["2026-11-22T02:00:00Z", "sáb"],
    ["2026-11-16T15:00:00Z", "lun"],
    ["2026-11-15T15:00:00Z", "15 nov"],
    ["2025-12-31T15:00:00Z", "31 de dic de 2025"],
  ])("shows %s as %s", (iso, shown) => {
    expect(formatWhen(at(iso), now, posadas)).toBe(shown);
  });

  it("shows the hour for a moment that the sender's clock puts in the future", () => {
    expect(formatWhen(now + 120_000, now, posadas)).toBe("18:32");
  });
});

describe("formatDuration", () => {
  it.each([
    [-5, "0 s"],
    [45_900, "45 s"],
    [720_000, "12 min"],
    [10_800_000, "3 h"],
    [172_800_000, "2 d"],
  ])("writes %d ms as %s", (ms, written) => {
    expect(formatDuration(ms, "es-AR")).toBe(written);
  });
});
