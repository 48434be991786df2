import { describe, expect, it } from "vitest";
import { inboxFilterOf, inboxSearch } from "./inbox-filter";

const AREA = "01a2056e-1f6c-7161-9aa1-eafaf6bbbe3f";

describe("an inbox's address", () => {
  it("says what is shown, and says it back", () => {
    const search = `?view=queue&area=${AREA}&q=rosa`;
    const filter = inboxFilterOf(new URLSearchParams(search));
    expect(filter).toEqual({ view: "queue", areaId: AREA, q: "rosa" });
    expect(inboxSearch(filter)).toBe(search);
    expect(inboxSearch({ view: "mine" })).toBe("");
  });

  it("falls back to the reader's own tickets", () => {
    expect(inboxFilterOf(new URLSearchParams("view=nothing&area=1&q=%20"))).toEqual({ view: "mine" });
    expect(inboxFilterOf(new URLSearchParams({ q: "x".repeat(500) })).q).toHaveLength(200);
  });
});
