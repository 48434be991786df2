import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanJson, cleanText, idOf, listOf, objectOf, textOf, timeOf } from "./loose-json";

describe("cleanText", () => {
  it("takes out NUL and repairs lone surrogates, and leaves emoji and direction marks alone", () => {
    expect(cleanText("a\u0000b\ud83dc\udc4d")).toBe("ab\ufffdc\ufffd");
    expect(cleanText("👍\u200f\u202eñ")).toBe("👍\u200f\u202eñ");
  });

  it("always gives what UTF-8 can carry and PostgreSQL can store", () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(units, (text) => {
        const clean = cleanText(text);
        expect(Buffer.from(clean, "utf8").toString("utf8")).toBe(clean);
        expect(clean).not.toContain("\u0000");
      }),
    );
  });
});

describe("cleanJson", () => {
  it("cleans keys and values at every depth and drops __proto__", () => {
    const body = JSON.parse(
      '{"a\\u0000":["\\u0000x",{"__proto__":{"polluted":true},"constructor":"y"}],"n":1,"z":null}',
    );
    const clean = cleanJson(body);
    expect(JSON.stringify(clean)).toBe('{"a":["x",{"constructor":"y"}],"n":1,"z":null}');
    expect("polluted" in {}).toBe(false);
  });

  it("survives nesting without end", () => {
    const nested = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    expect(JSON.stringify(cleanJson(nested)).length).toBeLessThan(200);
  });
});

describe("the loose readers", () => {
  it("never throw, whatever they are given", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(Array.isArray(listOf(value))).toBe(true);
        expect(typeof objectOf(value)).toBe("object");
        expect(["string", "undefined"]).toContain(typeof textOf(value));
        expect(["string", "undefined"]).toContain(typeof idOf(value));
        const time = timeOf(value);
        expect(time === null || !Number.isNaN(time.getTime())).toBe(true);
      }),
    );
  });

  it("take ids as text or as exact numbers only", () => {
    expect(idOf("0012")).toBe("0012");
    expect(idOf(987654321432)).toBe("987654321432");
    expect(idOf(2 ** 60)).toBeUndefined();
    expect(idOf(1.5)).toBeUndefined();
    expect(idOf("  ")).toBeUndefined();
    expect(idOf("x".repeat(513))).toBeUndefined();
  });

  it.each([
    ["1454119029", "2016-01-30T01:57:09.000Z"],
    [1454119029, "2016-01-30T01:57:09.000Z"],
    [1459991487970, "2016-04-07T01:11:27.970Z"],
    ["1459991487970", "2016-04-07T01:11:27.970Z"],
    ["2026-03-01T10:00:00+0000", "2026-03-01T10:00:00.000Z"],
  ])("read %j as a moment", (value, iso) => {
    expect(timeOf(value)?.toISOString()).toBe(iso);
  });

  it.each([
    "asdf",
    "",
    null,
    undefined,
    {},
    [],
    true,
    0,
    -5,
    "0",
    9e15,
    "99999999999999999",
    Number.NaN,
    "2026-99-99T00:00",
  ])("do not read %j as a moment", (value) => {
    expect(timeOf(value)).toBeNull();
  });
});
