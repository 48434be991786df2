import { describe, expect, it } from "vitest";
import { readSteps } from "./check-steps";

describe("a macro's steps before they are kept", () => {
  it("are cleaned of what no database takes and of what is said twice", () => {
    expect(
      readSteps([
        { do: "reply", text: "  Hola {{contact.first_name}}\u0000 " },
        { do: "add_tags", tags: ["vip", " vip "] },
        { do: "close", reason: "  " },
      ]),
    ).toEqual({
      steps: [
        { do: "reply", text: "Hola {{contact.first_name}}" },
        { do: "add_tags", tags: ["vip"] },
        { do: "close", reason: null },
      ],
    });
  });

  it.each([
    ["none", [], { code: "steps_invalid", step: 0 }],
    ["more than twenty", Array.from({ length: 21 }, () => ({ do: "take" })), { code: "steps_invalid", step: 0 }],
    ["one without words", [{ do: "take" }, { do: "note", text: " \u0000 " }], { code: "steps_invalid", step: 2 }],
    ["one that is unknown", [{ do: "explode" }], { code: "steps_invalid", step: 1 }],
    ["something after closing", [{ do: "close", reason: null }, { do: "take" }], { code: "close_comes_last", step: 1 }],
    ["a variable that nobody fills", [{ do: "reply", text: "Hola {{nombre}}" }], { code: "variable_unknown", step: 1 }],
  ])("are refused with %s, and where", (_, steps, problem) => {
    expect(readSteps(steps)).toEqual({ problem });
  });
});
