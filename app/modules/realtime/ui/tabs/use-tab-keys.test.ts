import { expect, it } from "vitest";
import { letterOf } from "./use-tab-keys";

const alone = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false };
const press = (code: string, key: string, more: object = {}) => ({ ...alone, code, key, ...more });

it("Alt with a digit or w is for the tabs, also while writing", () => {
  for (const writing of [true, false]) {
    expect(letterOf(press("Digit1", "1"), writing)).toBe("1");
    expect(letterOf(press("Digit9", "9"), writing)).toBe("9");
    expect(letterOf(press("KeyW", "w"), writing)).toBe("w");
    expect(letterOf(press("KeyW", "W"), writing)).toBe("w");
  }
});

it("where Alt writes a character of its own, who writes gets it", () => {
  // Option with 2 on a Spanish Mac.
  expect(letterOf(press("Digit2", "@"), true)).toBeNull();
  expect(letterOf(press("Digit2", "@"), false)).toBe("2");
});

it("nothing else is", () => {
  const others = [
    press("Digit0", "0"),
    press("Numpad1", "1"),
    press("KeyQ", "q"),
    press("Digit1", "1", { altKey: false }),
    // AltGr on Windows.
    press("Digit2", "@", { ctrlKey: true }),
    press("Digit1", "!", { shiftKey: true }),
    press("Digit1", "1", { metaKey: true }),
  ];
  expect(others.map((other) => letterOf(other, false))).toEqual(others.map(() => null));
});
