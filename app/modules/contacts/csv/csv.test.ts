import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "~/platform/csv/csv-line";
import { createCsvParser, guessSeparator } from "./parse-csv";

function parse(text: string, separator = ",", pieces = 1) {
  const parser = createCsvParser(separator);
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const records = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    parser.push(text.slice(at * size, (at + 1) * size)),
  ).flat();
  const end = parser.end();
  return { rows: [...records, ...end.records], fault: end.fault };
}

describe("the parser", () => {
  it("reads quotes, separators and line breaks within them, and numbers lines as an editor does", () => {
    const { rows, fault } = parse('a,b\r\n"x, ""y""\nz",2\n\n\r\nlast,');
    expect(fault).toBeNull();
    expect(rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ['x, "y"\nz', "2"] },
      { line: 6, cells: ["last", ""] },
    ]);
  });

  it("says where a file breaks the form", () => {
    expect(parse('a\n"b\nc').fault).toEqual({ line: 2, code: "quote_open" });
    expect(parse('a\n"b"c\n').fault).toEqual({ line: 2, code: "quote_stray" });
    expect(parse('a\nb"c\nd').rows).toEqual([{ line: 1, cells: ["a"] }]);
  });

  it("reads back what is written, in whatever pieces it comes", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "ñ", " ", "1") });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), fc.nat(9), (rows, n) => {
        const text = rows.map((row) => csvLine(row.map((one) => `x${one}`))).join("");
        const read = parse(text, ",", n + 1);
        expect(read.fault).toBeNull();
        expect(read.rows.map(({ cells }) => cells)).toEqual(rows.map((row) => row.map((one) => `x${one}`)));
      }),
    );
  });

  it("guesses the separator by the first line", () => {
    expect(guessSeparator('"a,b,c";d\n1,2,3')).toBe(";");
    expect(guessSeparator("name,phone")).toBe(",");
  });
});
