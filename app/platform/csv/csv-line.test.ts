import { describe, expect, it } from "vitest";
import { csvLine } from "./csv-line";

describe("a line of a CSV file", () => {
  it("quotes what would part it, and leaves the rest as it is", () => {
    expect(csvLine(["Ana", 'la "Negra"', "a,b", "dos\nlíneas", 3, null])).toBe(
      'Ana,"la ""Negra""","a,b","dos\nlíneas",3,\r\n',
    );
  });

  it.each([
    ...["=1+1", "+cmd|' /C calc'!A0", "-2+3", "-cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "|x", "%0A=1"],
    '=HYPERLINK("http://x")',
  ])("makes %j harmless, which a spreadsheet would run (TA19)", (value) => {
    expect(csvLine([value]).replace(/^"/, "").startsWith("'")).toBe(true);
  });

  it("leaves words, numbers and telephones as they are", () => {
    for (const value of ["Rosa", "+5491155550101", "+54 376 4", "-12.5", "a=b"])
      expect(csvLine([value])).toBe(`${value}\r\n`);
    expect(csvLine([-3])).toBe("-3\r\n");
  });
});
