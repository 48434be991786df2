import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyGraphError } from "./graph-errors";

describe("classifyGraphError", () => {
  it.each([
    ["auth", [0, 102, 190]],
    ["transient", [1, 2, 341, 131000, 131016, 133004, 131057]],
    ["throttled", [4, 17, 32, 613, 80001, 80002, 80006, 80007, 80008, 80014, 130429, 131048, 131056, 133016]],
    ["permission", [3, 10, 200, 250, 299, 131005]],
    ["window", [131047]],
    ["recipient", [551, 1545041, 131026, 131030, 131050, 130472, 131049]],
    ["request", [100, 33, 131008, 131009, 131051, 131052, 131053, 132000, 132001, 132012, 132069]],
    ["policy", [368, 131031, 130497, 2022]],
  ])("knows the codes of class %s", (reason, codes) => {
    for (const code of codes) {
      expect(classifyGraphError({ code }), String(code)).toBe(reason);
      expect(classifyGraphError({ code: String(code), httpStatus: 400 })).toBe(reason);
    }
  });

  it.each([
    [10, 2018278, "window"],
    [10, 2018065, "window"],
    [10, 2534022, "window"],
    [10, 2018108, "recipient"],
    [10, 1893063, "policy"],
    [10, 7, "permission"],
    [100, 2018001, "recipient"],
    [100, 2534014, "recipient"],
    [100, 2534001, "recipient"],
    [100, 2534029, "policy"],
    [100, 33, "request"],
    [200, 1545041, "recipient"],
    [551, 1545041, "recipient"],
    [190, 463, "auth"],
    [1, 1357046, "transient"],
  ])("knows %i with subcode %i", (code, subcode, reason) => {
    expect(classifyGraphError({ code, subcode })).toBe(reason);
    expect(classifyGraphError({ code: String(code), subcode: String(subcode) })).toBe(reason);
  });

  it("goes by the HTTP status only where no known code says better", () => {
    expect(classifyGraphError({ httpStatus: 502 })).toBe("transient");
    expect(classifyGraphError({ httpStatus: 408 })).toBe("transient");
    expect(classifyGraphError({ httpStatus: 401 })).toBe("auth");
    expect(classifyGraphError({ httpStatus: 403 })).toBe("permission");
    expect(classifyGraphError({ httpStatus: 429 })).toBe("throttled");
    expect(classifyGraphError({ httpStatus: 404 })).toBe("request");
    expect(classifyGraphError({ code: 999999, httpStatus: 503 })).toBe("transient");
    expect(classifyGraphError({ code: 999999, httpStatus: 400 })).toBe("request");
    expect(classifyGraphError({ code: 131056, httpStatus: 500 })).toBe("throttled");
    expect(classifyGraphError({ type: "OAuthException", httpStatus: 400 })).toBe("auth");
    expect(classifyGraphError({})).toBe("request");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (code, subcode, type) => {
        expect(typeof classifyGraphError({ code, subcode, type })).toBe("string");
      }),
    );
  });
});
