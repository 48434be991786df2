import { expect, it } from "vitest";
import { newerDraft } from "./local-draft";

const at = (ms: number) => new Date(ms).toISOString();

it("the words touched last count, and an empty newer one is none", () => {
  const local = { text: "acá", at: 2_000 };
  expect(newerDraft(local, null)).toEqual(local);
  expect(newerDraft(local, { text: "", updated_at: null })).toEqual(local);
  expect(newerDraft(local, { text: "allá", updated_at: at(1_000) })).toEqual(local);
  expect(newerDraft(local, { text: "allá", updated_at: at(3_000) })).toEqual({ text: "allá", at: 3_000 });
  expect(newerDraft(local, { text: "", updated_at: at(3_000) }).text).toBe("");
  expect(newerDraft({ text: "", at: 0 }, { text: "allá", updated_at: at(1) }).text).toBe("allá");
});
