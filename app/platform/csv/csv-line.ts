/** What a spreadsheet would take for a formula: such a cell is given an apostrophe before it, so that it stays text (TA19). */
const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/;
/** A number or a telephone calculates nothing, whatever its sign. */
const HARMLESS = /^[+-]?\d[\d .]*$/;

function cellOf(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) && !HARMLESS.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file (RFC 4180) with its end; nothing in it is a formula to a spreadsheet. */
export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map(cellOf).join(",")}\r\n`;

/** What tells spreadsheets that a file is UTF-8. */
export const CSV_BEGIN = "\ufeff";
