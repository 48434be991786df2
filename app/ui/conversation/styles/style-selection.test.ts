import { describe, expect, it } from "vitest";
import { withMark } from "./style-selection";

/** The text with what is selected in brackets, before and after. */
function styled(shown: string, mark: string): string {
  const from = shown.indexOf("[");
  const to = shown.indexOf("]") - 1;
  const value = shown.replace(/[[\]]/g, "");
  const change = withMark(value, from, to, mark);
  const text = value.slice(0, change.from) + change.text + value.slice(change.to);
  return `${text.slice(0, change.start)}[${text.slice(change.start, change.end)}]${text.slice(change.end)}`;
}

describe("withMark", () => {
  it.each([
    ["es [hoy] no", "*", "es *[hoy]* no"],
    ["es[ hoy ]no", "_", "es _[hoy]_ no"],
    ["es *[hoy]* no", "*", "es [hoy] no"],
    ["es *[hoy]* no", "~", "es *~[hoy]~* no"],
    ["[]", "*", "*[]*"],
    ["*[]*", "*", "[]"],
  ])("%j with %s becomes %j", (before, mark, after) => {
    expect(styled(before, mark)).toBe(after);
  });
});
