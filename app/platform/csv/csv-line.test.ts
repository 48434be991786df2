import { describe, expect, it } from "vitest";
import { csvLine } from "./csv-line";

describe("a line of a CSV file", () => {
  it("quotes what would part it, and leaves the rest as it is", () => {
    expect(csvLine(["Ana", 'la "Negra"', "a,b", "dos\nlíneas", 3, null])).toBe(
      'Ana,"la ""Negra""","a,b","dos\nlíneas",3,\r\n',
    );
  });

  it("holds nothing that a spreadsheet would run (TA19)", () => {
    for (const text of ["=1+1", "+cmd", "-cmd", "@SUM(A1)", " =1", "\t=1", "\r=1", '=HYPERLINK("http://x")']) {
      const cell = csvLine([text]).replace(/\r\n$/, "").replace(/^"/, "");
      expect(cell.startsWith("'"), text).toBe(true);
    }
    expect(csvLine(["-12.5", -3, "+54 376 4"])).toBe("-12.5,-3,'+54 376 4\r\n");
  });
});
