import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PHONE_COUNTRIES, phoneVariants } from "~/modules/channels";
import { readPhone } from "./contact-phone";

describe("readPhone", () => {
  it("stores E.164 with one key for all variants of a phone (pitfall 18)", () => {
    const eight = fc.stringMatching(/^[2-9]\d{7}$/);
    const keys = fc.oneof(
      eight.map((n) => `+5411${n}`),
      eight.map((n) => `+5255${n}`),
      fc.stringMatching(/^[6-9]\d{7}$/).map((n) => `+55119${n}`),
    );
    fc.assert(
      fc.property(keys, fc.constantFrom(...PHONE_COUNTRIES), (key, region) => {
        for (const variant of phoneVariants(key)) {
          const read = readPhone(variant, region);
          expect(read).toEqual({ phone: variant, phoneKey: key });
          expect(readPhone(variant.replace("+", "00 "), region)).toEqual(read);
        }
      }),
    );
  });

  it("reads numbers without a prefix as the organisation's country writes them", () => {
    expect(readPhone("011 15-2345-6789", "AR")).toEqual({ phone: "+541123456789", phoneKey: "+541123456789" });
    expect(readPhone("0981 123456", "PY")).toEqual({ phone: "+595981123456", phoneKey: "+595981123456" });
    expect(readPhone("0981 123456", "ZZ")).toBeNull();
    expect(readPhone("hola", "AR")).toBeNull();
  });

  it("never throws, and what it stores is read as itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^(\+|00|0)?\d{0,16}$/)), (raw) => {
        const read = readPhone(raw, "AR");
        if (read) expect(readPhone(read.phone, "AR")?.phoneKey).toBe(read.phoneKey);
      }),
    );
  });
});
