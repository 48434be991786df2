import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PHONE_COUNTRIES, phoneKey, phoneVariants } from "./phone";

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(""));

/** [area, subscriber], ten digits together. */
const argentine = fc.oneof(
  digits(8).map((n): [string, string] => ["11", n]),
  fc.tuple(fc.constantFrom("221", "341", "351", "261", "223", "381"), digits(7)),
  fc.tuple(fc.constantFrom("2221", "3487", "2966", "3751", "2901", "3511"), digits(6)),
);
const mexican = fc.tuple(fc.constantFrom("55", "33", "81", "56"), digits(8)).map(([area, rest]) => area + rest);
const brazilianMobile = fc.tuple(
  fc.constantFrom("11", "21", "41", "55", "85", "99"),
  fc.integer({ min: 6, max: 9 }),
  digits(7),
);

/** Writes a number as people do: separators anywhere, never changing a digit. */
const written = (number: string) =>
  fc
    .array(fc.constantFrom("", "", "", " ", "-", ".", " (", ") ", "\u2011", "\u200e", "\u00a0"), {
      minLength: number.length,
      maxLength: number.length,
    })
    .map((marks) => [...number].map((digit, i) => digit + marks[i]).join(""));

describe("phoneKey", () => {
  it("makes one key of every way to write an Argentine phone", () => {
    fc.assert(
      fc.property(
        argentine.chain(([area, number]) =>
          fc.tuple(
            fc.constant(`+54${area}${number}`),
            fc
              .constantFrom(
                `+54${area}${number}`,
                `+549${area}${number}`,
                `+54${area}15${number}`,
                `+549${area}15${number}`,
                `+540${area}${number}`,
                `00549${area}${number}`,
              )
              .chain(written),
            fc
              .constantFrom(`${area}${number}`, `0${area}${number}`, `${area}15${number}`, `0${area}15${number}`)
              .chain(written),
          ),
        ),
        ([key, abroad, home]) => {
          expect(phoneKey(abroad)).toBe(key);
          expect(phoneKey(abroad, "AR")).toBe(key);
          expect(phoneKey(abroad, "BR")).toBe(key);
          expect(phoneKey(home, "AR")).toBe(key);
        },
      ),
    );
  });

  it("makes one key of every way to write a Mexican phone", () => {
    fc.assert(
      fc.property(mexican, (number) => {
        const key = `+52${number}`;
        for (const abroad of [`+52${number}`, `+521${number}`, `52${number}`, `521${number}`, `00521${number}`]) {
          expect(phoneKey(abroad)).toBe(key);
        }
        for (const home of [number, `01${number}`, `044${number}`, `045${number}`, `1${number}`]) {
          expect(phoneKey(home, "MX")).toBe(key);
        }
      }),
    );
  });

  it("gives old Brazilian mobiles their ninth digit", () => {
    fc.assert(
      fc.property(brazilianMobile, ([area, first, rest]) => {
        const key = `+55${area}9${first}${rest}`;
        for (const number of [`${area}${first}${rest}`, `${area}9${first}${rest}`]) {
          expect(phoneKey(`+55${number}`)).toBe(key);
          expect(phoneKey(`55${number}`)).toBe(key);
          expect(phoneKey(`55${number}`, "BR")).toBe(key);
          expect(phoneKey(number, "BR")).toBe(key);
          expect(phoneKey(`0${number}`, "BR")).toBe(key);
          expect(phoneKey(`015${number}`, "BR")).toBe(key);
        }
      }),
    );
  });

  it("leaves Brazilian fixed lines and newer mobiles as they are", () => {
    expect(phoneKey("+55 11 3123-4567")).toBe("+551131234567");
    expect(phoneKey("+55 11 91234-5678")).toBe("+5511912345678");
    expect(phoneVariants("+5511912345678")).toEqual(["+5511912345678"]);
    expect(phoneVariants("+551131234567")).toEqual(["+551131234567"]);
  });

  it("keeps different phones apart", () => {
    const key = (parts: readonly [string, string]) => phoneKey(`+54${parts[0]}${parts[1]}`);
    fc.assert(
      fc.property(argentine, argentine, (a, b) => {
        expect(key(a) === key(b)).toBe(a.join("") === b.join(""));
      }),
    );
    fc.assert(
      fc.property(mexican, mexican, (a, b) => {
        expect(phoneKey(`+52${a}`) === phoneKey(`+52${b}`)).toBe(a === b);
      }),
    );
  });

  it.each([
    ["09 1234 5678", "UY", null],
    ["099 123 456", "UY", "+59899123456"],
    ["0981 123456", "PY", "+595981123456"],
    ["9 8765 4321", "CL", "+56987654321"],
    ["(415) 555-0100", "US", "+14155550100"],
    ["1 415 555 0100", "US", "+14155550100"],
    ["612 34 56 78", "ES", "+34612345678"],
    ["+39 393 1234567", "AR", "+393931234567"],
    ["5491123456789", "AR", "+541123456789"],
    ["491234567890", "AR", "+491234567890"],
    ["tel:+54-9-11-2345-6789", "BR", "+541123456789"],
    ["２３４５", "AR", null],
    ["＋54 ９ 11 2345 6789", undefined, "+541123456789"],
  ] as const)("reads %s at home in %s as %s", (raw, country, key) => {
    expect(phoneKey(raw, country)).toBe(key);
  });

  it.each([
    "",
    "+",
    "bla",
    "US.1234",
    "5678",
    "+0123456789",
    "1234567890123456",
    "11 2345 int. 22",
    "54 9 11 2345\u00006789",
    "+54+911",
  ])("refuses %j", (raw) => {
    expect(phoneKey(raw)).toBeNull();
  });

  it("never throws, and a key is the key of itself", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^\+?\d{0,20}$/)),
        fc.option(fc.constantFrom(...PHONE_COUNTRIES), { nil: undefined }),
        (raw, country) => {
          const key = phoneKey(raw, country);
          if (key === null) return;
          expect(key).toMatch(/^\+[1-9]\d{6,14}$/);
          expect(phoneKey(key)).toBe(key);
          expect(phoneKey(key, country)).toBe(key);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("phoneVariants", () => {
  it("lists forms that all have the same key, without repeats", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(54|52|55|549|521|598)\d{6,12}$/), (raw) => {
        const key = phoneKey(raw);
        if (key === null) return;
        const variants = phoneVariants(key);
        expect(variants).toContain(key);
        expect(new Set(variants).size).toBe(variants.length);
        for (const variant of variants) expect(phoneKey(variant)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  it("puts the form to dial on WhatsApp first", () => {
    expect(phoneVariants("+541123456789")).toEqual(["+5491123456789", "+541123456789"]);
    expect(phoneVariants("+525512345678")).toEqual(["+525512345678", "+5215512345678"]);
    expect(phoneVariants("+5541987654321")).toEqual(["+5541987654321", "+554187654321"]);
    expect(phoneVariants("+59899123456")).toEqual(["+59899123456"]);
  });
});
