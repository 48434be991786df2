import { describe, expect, it } from "vitest";
import { decideMerge, decideUndo, type MergeSide } from "./decide-merge";

const side = (more: Partial<MergeSide>): MergeSide => ({
  name: "Rosa",
  named: true,
  nameEdited: false,
  phone: null,
  phoneKey: null,
  email: null,
  notes: null,
  tags: [],
  fields: {},
  variables: {},
  blockedAt: null,
  ...more,
});

describe("decideMerge", () => {
  it("fills what is missing, brings tags together, and names what conflicts", () => {
    const kept = side({ phone: "+541", phoneKey: "+541", tags: ["a"], fields: { city: "Posadas" } });
    const merged = side({ name: "Rosa Paz", email: "r@x.test", tags: ["b", "a"], fields: { city: "Oberá", n: 1 } });
    const { result, conflicts } = decideMerge(kept, merged, { "fields.city": "merged" });
    expect(result).toMatchObject({
      name: "Rosa",
      phone: "+541",
      phoneKey: "+541",
      email: "r@x.test",
      tags: ["a", "b"],
    });
    expect(result.fields).toEqual({ city: "Oberá", n: 1 });
    expect(conflicts.map(({ field }) => field)).toEqual(["name", "fields.city"]);
    expect(decideMerge(kept, merged, { name: "merged" }).result.name).toBe("Rosa Paz");
  });

  it("takes a telephone with its key, a real name before one that stands in, and keeps who was blocked so", () => {
    const kept = side({ name: "Visitante", named: false, phone: "+1", phoneKey: "+1" });
    const merged = side({ phone: "+5491", phoneKey: "+541", blockedAt: "2026-01-01T00:00:00.000Z" });
    const { result, conflicts } = decideMerge(kept, merged, { phone: "merged" });
    expect(result).toMatchObject({ name: "Rosa", named: true, phone: "+5491", phoneKey: "+541" });
    expect(result.blockedAt).toBe(merged.blockedAt);
    expect(conflicts.map(({ field }) => field)).toEqual(["phone"]);
  });
});

describe("decideUndo", () => {
  it("gives back what stands as the merge left it, and says what was changed since", () => {
    const before = side({ tags: ["a"], fields: { a: 1, b: 2 } });
    const { result } = decideMerge(before, side({ name: "X", email: "r@x.test", tags: ["b"], fields: { c: 3 } }));
    const now = { ...result, email: "otra@x.test", fields: { c: 3, b: 2, a: 1 } };
    expect(decideUndo(now, result, before)).toEqual({
      restored: { tags: ["a"], fields: { a: 1, b: 2 } },
      changedSince: ["email"],
    });
  });
});
