import { describe, expect, it } from "vitest";
import { askedOf, searchOf } from "./asked";

const today = "2026-03-02";
const ask = (search: string) => askedOf(new URLSearchParams(search), today);

describe("what a reports page is asked", () => {
  it("is the volume of the last 30 days unless said", () => {
    const usual = { name: "volume", group: "day", metric: "opened", from: "2026-02-01", to: today };
    expect(ask("")).toEqual(usual);
    expect(ask("name=constructor&group=nothing&metric=rated&from=ayer")).toEqual(usual);
  });

  it("survives being written as an address", () => {
    const asked = ask("name=waiting&group=agent&from=2026-01-01&to=2026-01-31");
    expect(ask(searchOf(asked))).toEqual(asked);
    expect(ask(searchOf(asked, { group: "area" }))).toEqual({ ...asked, group: "area" });
  });
});
