import { expect, it } from "vitest";
import { csvLine } from "./csv-line";

it("quotes what needs it and takes every formula's power away (TA19)", () => {
  expect(csvLine(["a", 'say "hi", twice', "two\nlines", null, -3])).toBe('a,"say ""hi"", twice","two\nlines",,-3\r\n');
  for (const attack of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
    expect(csvLine([attack])).toMatch(/^"?'/);
});
