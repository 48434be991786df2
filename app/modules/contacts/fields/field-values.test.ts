import { describe, expect, it } from "vitest";
import { type CustomField, readFieldValue, withFieldValues } from "./field-values";

const field = (kind: CustomField["kind"], options: string[] = []): CustomField => ({
  id: "1",
  subject: "contact",
  key: kind,
  label: kind,
  kind,
  options,
  archived: false,
});

describe("readFieldValue", () => {
  it.each([
    ["text", " hola ", "hola"],
    ["text", 3, undefined],
    ["text", "x".repeat(501), undefined],
    ["number", "3,5", 3.5],
    ["number", "-12", -12],
    ["number", "1e9", undefined],
    ["number", Number.NaN, undefined],
    ["date", "2026-02-28", "2026-02-28"],
    ["date", "28/2/2026", "2026-02-28"],
    ["date", "2026-02-30", undefined],
    ["choice", "ORO", "Oro"],
    ["choice", "bronce", undefined],
    ["yes_no", "Sí", true],
    ["yes_no", "não", false],
    ["yes_no", "quizá", undefined],
    ["yes_no", "", null],
    ["date", null, null],
  ] as const)("%s %j is %j", (kind, given, value) => {
    expect(readFieldValue(field(kind, ["Oro", "Plata"]), given)).toBe(value);
  });
});

describe("withFieldValues", () => {
  const fields = [field("text"), { ...field("number"), archived: true }];
  it("sets, clears and keeps", () => {
    expect(withFieldValues(fields, { number: 3, text: "a" }, { text: "b" })).toEqual({
      values: { number: 3, text: "b" },
    });
    expect(withFieldValues(fields, { text: "a" }, { text: "" })).toEqual({ values: {} });
  });
  it("names what is no field, or none any more", () => {
    expect(withFieldValues(fields, {}, { number: 3 })).toEqual({ wrong: "number" });
    expect(withFieldValues(fields, {}, { __proto__x: 3 })).toEqual({ wrong: "__proto__x" });
  });
});
